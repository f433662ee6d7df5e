import type { Page } from '@playwright/test'
import { basename } from 'node:path'
import { ensureGuest } from '../../guest/index.ts'
import { until, type User } from '../../harness/index.ts'
import { expect } from './expect.ts'

/** Puts a copy of the small guest's disk where the user keeps downloads; its name makes it a CirrOS. Returns its path. */
export async function downloadGuest(user: User, name = 'cirros-0.3.5.qcow2', folder = 'Downloads'): Promise<string> {
  const guest = await ensureGuest()
  return user.give(guest.disk, `${folder}/${name}`)
}

/** From the machines page: "+" and the source of that file; ends on the review page. Two clicks. */
export async function reviewFrom(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: /^(New machine|Nueva máquina)$/ }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: basename(file) }).click()
  await expect(page.getByRole('heading', { name: /^(Review and create|Revisar y crear)$/ })).toBeVisible({ timeout: 60_000 })
}

/** The third click, and the console that opens after it. */
export async function create(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Create|Crear)$/ }).click()
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 180_000 })
}

/** Waits until libvirt says that a machine is in this state ("running", "shut off", "paused"). */
export async function expectState(user: User, machine: string, state: string, limit = 30_000): Promise<void> {
  await until(`${machine} ${state}`, limit, async () =>
    (await user.virsh(['domstate', `--domain=${machine}`])).trim() === state ? true : undefined,
  )
}

/** Opens a machine's page from the list by its title. */
export async function openMachine(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: `Open ${title}`, exact: true }).first().click()
}

/** Removes a machine by virsh, whatever its state; files stay. */
export async function forgetMachine(user: User, machine: string): Promise<void> {
  await user.exec(['virsh', '-q', 'destroy', `--domain=${machine}`])
  await user.exec(['virsh', '-q', 'undefine', `--domain=${machine}`, '--nvram', '--managed-save', '--snapshots-metadata'])
}
