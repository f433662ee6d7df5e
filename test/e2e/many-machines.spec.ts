/** A hundred machines on one connection: listed by name and state before their documents are read, and right in the end. */
import { test, type Locator } from '@playwright/test'
import { asUser } from '../harness/index.ts'
import { defineMany } from '../bench/many-machines.ts'
import { writeFor } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { defineTiny } from './support/tiny-machines.ts'

const alumna = asUser('alumna')
const count = 100
const gate = `${alumna.home}/documents-may-be-read`
let shared: SharedApp

/** Stands before virsh: documents are read once the gate is there. */
const waiting = `#!/bin/sh\ncase " $* " in *dumpxml*) while [ ! -e '${gate}' ]; do sleep 0.05; done ;; esac\nexec /usr/bin/virsh "$@"\n`

const table = (): Locator => shared.page.getByRole('table', { name: 'List of machines' })
const row = (name: string): Locator => table().getByRole('row').filter({ has: shared.page.getByRole('cell', { name, exact: true }) })
const shows = (rows: number): Promise<void> => expect(table()).toHaveAttribute('aria-rowcount', String(rows + 1))

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  await defineMany(alumna, count)
  writeFor(alumna, `${alumna.home}/programs/virsh`, waiting)
  shared = await openShared(browser, { user: alumna, fresh: false, env: { PATH: `${alumna.home}/programs:${alumna.env['PATH'] ?? ''}` } })
})
test.afterAll(async () => {
  await shared.close()
  await freshSession(alumna)
})

test('many machines are there by name, state, CPUs and memory before a document is read, and whole afterwards', async () => {
  const { page } = shared
  await page.getByRole('region', { name: 'User session' }).getByRole('link', { name: /^Machines/ }).click()
  await shows(count)
  const first = row('machine-0000')
  for (const cell of ['Off', '2', '1 GiB', 'Being read']) await expect(first.getByText(cell, { exact: true })).toBeVisible()
  await expect(table().getByText('Machine 0', { exact: true })).toBeHidden()
  // names are searched, and a page that needs more waits for it
  await page.locator('#search').fill('machine-0042')
  await shows(1)
  await row('machine-0042').getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('machine-0042')
  await expect(page.getByRole('main').getByText('Loading')).toBeVisible()
  await page.goBack()
  await page.locator('#search').fill('')

  // meanwhile one goes, one comes and one runs
  await alumna.virsh(['undefine', '--domain=machine-0007'])
  await defineTiny(alumna, 'late', 'A late one')
  await alumna.virsh(['start', '--domain=late'])
  writeFor(alumna, gate, '')
  await expect(row('machine-0000').getByText('Machine 0', { exact: true })).toBeVisible()
  await expect(row('late').getByText('A late one', { exact: true })).toBeVisible()
  await expect(row('late').getByText('Running', { exact: true })).toBeVisible()
  await expect(table().getByText('Being read')).toHaveCount(0)
  await shows(count)
  await page.locator('#search').fill('machine-0007')
  await expect(page.getByRole('main').getByText('Nothing matches')).toBeVisible()
})
