/** Names and files that shells, options, tables and markup each have a meaning for: always the right machine, shown as it is. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Locator } from '@playwright/test'
import { asUser, until } from '../harness/index.ts'
import { browseTo, select } from './support/choose.ts'
import { writeFor } from './support/documents.ts'
import { expect, said } from './support/expect.ts'
import { forgetMachine } from './support/machines.ts'
import { freshSession } from './support/session.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { expectOpen, terminalText } from './support/terminal.ts'
import { defineTiny, nameOf, statesOf } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
/** Each with another machine that a careless reading would take for it. */
const used: readonly (readonly [name: string, lookalike: string])[] = [
  ['--help', 'help'],
  ['-x \'y\' "z"; $(id) `id` \\ ñ😀', '-x'],
  ['  lead\ttab', 'lead tab'],
  ['<b>&amp;"', '<b>&"'],
  ['12', 'twelve'],
  ['x'.repeat(200), 'x'.repeat(199)],
]
const listedOnly: readonly string[] = ['...', '-', '--', "it's", '${HOME}', 'a; list', 'a=b', '~', '*', '!x', 'trail  ', 'cafe\u0301', 'café', '#x', '{', '%s%n']
const markup = 'A <b>bold</b> & "quoted" <img src=x onerror=document.title=1> title'
const machines = new Map<string, string>()
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  await freshSession(alumna)
  for (const name of [...used.flat(), ...listedOnly]) machines.set(name, await defineTiny(alumna, name))
  machines.set(markup, await defineTiny(alumna, 'titled', markup))
  shared = await openShared(browser, { fresh: false })
  // So many machines are a table, of which only the rows on screen are built.
  await shared.page.setViewportSize({ width: 1280, height: 1700 })
})
test.afterAll(async () => {
  await shared.close()
  await freshSession(alumna)
})

const uuidOf = (name: string): string => machines.get(name) ?? ''
const row = (uuid: string): Locator => shared.page.locator(`tr[data-uuid="${uuid}"]`)
const toList = (): Promise<void> => shared.page.getByRole('link', { name: 'Machines', exact: true }).first().click()

/** All machines but this one are as they were. */
async function expectState(uuid: string, state: string, others: Readonly<Record<string, string>>): Promise<void> {
  await until(`${uuid} ${state}`, 20_000, async () => ((await alumna.virsh(['domstate', `--domain=${uuid}`])).trim() === state ? true : undefined))
  expect(await statesOf(alumna)).toEqual({ ...others, [uuid]: state })
}

test('each machine is listed under its own name, whatever that means elsewhere', async () => {
  await expect(shared.page.locator('tr[data-uuid]')).toHaveCount(machines.size)
  for (const [name, uuid] of machines) {
    expect(await row(uuid).getByRole('link').textContent()).toBe(name)
    expect(await row(uuid).getByRole('cell').nth(2).textContent()).toBe(await nameOf(alumna, uuid))
    if (name !== markup) expect(await nameOf(alumna, uuid)).toBe(name)
  }
})

test('markup in a title is shown as it was written', async () => {
  await expect(row(uuidOf(markup)).getByText(markup, { exact: true })).toBeVisible()
  await row(uuidOf(markup)).getByRole('link', { name: markup, exact: true }).click()
  await expect(shared.page.getByRole('heading', { level: 1 })).toContainText(markup)
  expect(await shared.page.title()).toContain(markup)
  await expect(shared.page.locator('h1 b, h1 img')).toHaveCount(0)
  await toList()
})

for (const [name] of used) {
  test(`${JSON.stringify(name.slice(0, 40))} is started, its serial port opened, paused, forced off and deleted, and no other machine is`, async () => {
    const { page } = shared
    const uuid = uuidOf(name)
    const others = await statesOf(alumna)
    await row(uuid).getByRole('button', { name: /^Start: / }).click()
    await expectState(uuid, 'running', others)

    // At its beginning: the rest of a long name is cut off.
    await row(uuid).getByRole('link').click({ position: { x: 4, y: 8 } })
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain(name)
    await page.getByText('Serial', { exact: true }).click()
    await expectOpen(page)
    await alumna.virsh(['reset', `--domain=${uuid}`])
    await expect.poll(() => terminalText(page), { timeout: 60_000 }).toContain(`Machine UUID ${uuid}`)

    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expectState(uuid, 'paused', others)
    await page.getByRole('button', { name: /^More for / }).click()
    await page.getByRole('menuitem', { name: 'Force off', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Force off' }).click()
    await expectState(uuid, 'shut off', others)

    await page.getByRole('button', { name: /^More for / }).click()
    await page.getByRole('menuitem', { name: 'Delete…', exact: true }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('heading').first().textContent()).toEqual(said(`Delete ${name}?`))
    await dialog.getByRole('button', { name: 'Delete machine', exact: true }).click()
    await expect(page.getByRole('table', { name: 'List of machines' })).toBeVisible()
    const left = Object.fromEntries(Object.entries(others).filter(([one]) => one !== uuid))
    await expect.poll(() => statesOf(alumna)).toEqual(left)
    await expect(row(uuid)).toHaveCount(0)
    machines.delete(name)
  })
}

test('names that libvirt does not take are refused by their field, in words', async () => {
  const { page } = shared
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  await page.getByRole('button', { name: 'New machine' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
  const field = page.getByRole('textbox', { name: 'Name', exact: true })
  const create = page.getByRole('button', { name: 'Create', exact: true })
  for (const [name, words] of [
    ['', 'Give the machine a name.'],
    ['   ', 'Give the machine a name.'],
    ['a/b', 'A name cannot hold a “/”.'],
    ['.', 'A name cannot be “.” or “..”.'],
    ['..', 'A name cannot be “.” or “..”.'],
    ['ñ'.repeat(130), 'The name is too long: at most 247 bytes.'],
    ['--', 'There already is a machine named “--”.'],
  ] as const) {
    await field.fill(name)
    await expect(page.getByText(words)).toBeVisible()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(create).toBeDisabled()
  }
  await field.fill('fine')
  await expect(create).toBeEnabled()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  await page.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByRole('dialog')).toBeHidden()
})

const files: readonly string[] = ['two\nlines.qcow2', '-dash \'q\' "z".qcow2', '$(touch x);`y`\\n.qcow2', 'tab\there <b>&amp; ñ😀.qcow2', ' lead, comma=1.qcow2']

test('image files of any name are listed, and machines are made from them', async () => {
  const { page } = shared
  const folder = join(alumna.home, 'Downloads')
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, 'ipxe.iso'), { force: true })
  const blank = join(alumna.home, 'blank.qcow2')
  await alumna.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', blank, '1M'])
  for (const name of files) alumna.give(blank, `Downloads/${name}`)
  writeFor(alumna, 'Downloads/note.txt', 'no image')
  const before = await statesOf(alumna)
  for (const [index, name] of files.entries()) {
    await page.getByRole('button', { name: 'New machine' }).first().click()
    const rows = page.getByRole('list', { name: 'Images found' }).getByRole('button')
    await expect(rows).toHaveCount(files.length)
    const paths = await Promise.all((await rows.all()).map((row) => row.getAttribute('data-path')))
    expect(new Set(paths)).toEqual(new Set(files.map((one) => join(folder, one))))
    await rows.nth(paths.indexOf(join(folder, name))).click()
    await expect(page.getByRole('heading', { name: 'Review and create' })).toBeVisible({ timeout: 60_000 })
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`from-file-${index}`)
    await page.getByText('Use where it is', { exact: true }).click()
    const copied = /[\t\n]/.test(name)
    if (copied) {
      await expect(page.getByText(/^libvirt cannot keep a path with a tab or a line break\./)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
      await page.getByText('Copy into pool “default”', { exact: true }).click()
    }
    await page.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeHidden({ timeout: 180_000 })
    const disks = await alumna.virsh(['domblklist', `--domain=from-file-${index}`, '--details'])
    expect(disks).toContain(copied ? `/from-file-${index}.qcow2` : join(folder, name))
    await forgetMachine(alumna, `from-file-${index}`)
    if (copied) await alumna.virsh(['vol-delete', '--pool=default', `--vol=from-file-${index}.qcow2`])
  }
  expect(readdirSync(folder).sort()).toEqual([...files, 'note.txt'].sort())
  expect(existsSync(join(alumna.home, 'x'))).toBe(false)
  expect(await statesOf(alumna)).toEqual(before)
})

const folders: readonly (readonly [name: string, shown: string, words: RegExp])[] = [
  ['tab\there', 'tab here', /^libvirt cannot keep a path with a tab or a line break\. Choose a folder with another name\.$/],
  ['two\nlines', 'two lines', /^libvirt cannot keep a path with a tab or a line break\. Choose a folder with another name\.$/],
  ['bell\u0007', 'bell\u0007', /^libvirt cannot keep a path with control characters\. Choose a folder with another name\.$/],
]

test('folders whose names libvirt cannot keep are refused for a new disk, in words, before anything is made', async () => {
  const { page } = shared
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  await alumna.exec(['mkdir', '--', ...folders.map(([name]) => name), 'plain'])
  const before = await statesOf(alumna)
  await page.getByRole('button', { name: 'New machine' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
  const create = page.getByRole('button', { name: 'Create', exact: true })
  const choose = async (shown: string): Promise<void> => {
    await select(page, 'Stored in', 'Another folder…')
    await browseTo(page, { title: 'Choose a folder', take: 'Use this folder' }, [shown])
  }
  for (const [name, shown, words] of folders) {
    await choose(shown)
    await expect(page.getByText(words)).toBeVisible()
    await expect(create).toBeDisabled()
    await choose('plain')
    await expect(create).toBeEnabled()
    expect(readdirSync(join(alumna.home, name))).toEqual([])
  }
  expect(await statesOf(alumna)).toEqual(before)
})
