/** A creation in whose way something real is put: a sentence, a way back, and nothing left behind. */
import { randomFillSync } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { difference, inventory, until, type RunningApp, type User } from '../../harness/index.ts'
import { expect } from './expect.ts'

/** Folders of libvirt's that its own programs make when they first meet a pool, and where they stand. */
const ofFirstUse = [/\.local(\/share(\/libvirt)?)? \(folder\)$/, /\/(\.config|etc)\/libvirt\/storage(\/autostart)? \(folder\)$/, /\/\.local\/state/, /\/run\/user\/\d+\/vivero \(folder\)$/]

/** What beside the session is looked at. */
export interface Beside {
  readonly connections?: readonly string[]
  readonly folders?: readonly string[]
}

const look = (alumna: User, app: RunningApp, beside: Beside): Promise<string[]> =>
  inventory(alumna, { ...beside, ignore: ofFirstUse, host: app.pid })

/** What there is once the app has stopped asking for it: a process that lives for a moment is nothing to compare with. */
export async function settled(alumna: User, app: RunningApp, beside: Beside = {}): Promise<string[]> {
  let last = ''
  return until('an app at rest', 20_000, async () => {
    const now = await look(alumna, app, beside)
    const before = last
    last = now.join('\n')
    return last === before && !last.includes('; echo vivero-') ? now : undefined
  })
}

/** Waits until all is as before, but for the page's idle connections to the host, which the browser closes by itself. */
export async function expectNothingLeft(
  before: readonly string[],
  alumna: User,
  app: RunningApp,
  beside: Beside = {},
): Promise<void> {
  const changes = async (): Promise<string[]> =>
    difference(before, await look(alumna, app, beside)).filter((line) => line !== '- descriptor of the host socket')
  await expect.poll(changes, { timeout: 60_000 }).toEqual([])
}

export interface Fault {
  readonly app: RunningApp
  readonly alumna: User
  readonly page: Page
  /** The sentence that says what was wrong. */
  readonly says: string | RegExp
  /** What it tells the person to do. */
  readonly remedy?: string
  /** Taken away again before what is left is compared. */
  readonly mend?: () => unknown
  readonly beside?: Beside
}

/** Puts something real in the way, creates, and expects a sentence, a way back, and nothing left behind. */
export async function expectFailure(fault: Fault, spoil: () => unknown): Promise<void> {
  const { app, alumna, page, beside } = fault
  const before = await settled(alumna, app, beside)
  await spoil()
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const alert = page.getByRole('dialog').getByRole('alert')
  await expect(alert).toContainText(fault.says, { timeout: 60_000 })
  if (fault.remedy !== undefined) await expect(alert).toContainText(fault.remedy)
  // The system's own words are there, but only for who asks.
  await expect(alert.getByText(/error: |internal error|qemu-system|qemu-img:/).filter({ visible: true })).toHaveCount(0)
  await fault.mend?.()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(page.getByRole('heading', { name: /Review and create|What is it made from/ })).toBeVisible()
  await expectNothingLeft(before, alumna, app, beside)
}

/** An image of that many MiB in which nothing can be left out. */
export function denseImage(user: User, megabytes: number): string {
  const folder = join(user.home, 'Downloads')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'dense.img')
  const noise = randomFillSync(Buffer.alloc(1024 ** 2))
  writeFileSync(path, Buffer.concat(Array.from({ length: megabytes }, () => noise)))
  chownSync(path, user.uid, user.uid)
  return path
}
