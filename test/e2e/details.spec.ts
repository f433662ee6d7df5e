/** A machine's details edited by clicking, off, running and saved; what waits for its next start, applied, discarded, restarted for. */
import { chownSync, rmSync, writeFileSync } from 'node:fs'
import { test, type Browser, type Locator } from '@playwright/test'
import { catalogues } from '../../shared/i18n/index.ts'
import type { Language } from '../../shared/model/settings.ts'
import { asUser } from '../harness/index.ts'
import { expect } from './support/expect.ts'
import { expectState, forgetMachine } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'
import { strayWords } from './support/stray-words.ts'
import { defineTiny, nameOf, tinyDisk } from './support/tiny-machines.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const title = 'Aula 1'
const mac = '52:54:00:00:02:01'
let shared: SharedApp
let uuid = ''
let words = catalogues.en
const isos = ['a.iso', 'b.iso', 'datos 1.img'].map((name) => `${alumna.home}/${name}`)
const [isoA = '', isoB = '', disk = ''] = isos

const virsh = (...args: readonly string[]): Promise<string> => alumna.virsh(args)
const stored = (): Promise<string> => virsh('dumpxml', uuid, '--inactive')
const live = (): Promise<string> => virsh('dumpxml', uuid)

async function open(browser: Browser, language: Language, fresh: boolean): Promise<void> {
  shared = await openShared(browser, { language, fresh })
  words = catalogues[language]
}
async function show(): Promise<void> {
  const { page, app } = shared
  await page.goto(`${app.url.replace(/#.*/, '')}#/`)
  await page.getByRole('link', { name: title, exact: true }).first().click()
  await page.getByText(words.machine.tab.details, { exact: true }).click()
}

test.beforeAll(async ({ browser }) => {
  await open(browser, 'es', true)
  for (const path of isos) {
    writeFileSync(path, Buffer.alloc(2048))
    chownSync(path, alumna.uid, alumna.uid)
  }
  const devices = { disk: [tinyDisk(disk, 'raw'), tinyDisk(isoA, 'raw', 'cdrom')], interface: { '@type': 'user', mac: { '@address': mac }, model: { '@type': 'virtio' } } }
  uuid = await defineTiny(alumna, 'aula-1', title, { devices, maxCpus: 2, boot: ['cdrom', 'hd'] })
  await show()
})
test.afterAll(async () => {
  await forgetMachine(alumna, uuid)
  for (const path of isos) rmSync(path)
  await shared.close()
})

const { describe } = test
const button = (name: string): Locator => shared.page.getByRole('button', { name, exact: true })
const dialog = (): Locator => shared.page.getByRole('dialog').last()
const fact = (label: string): Locator => shared.page.locator('main dl > div').filter({ has: shared.page.getByText(label, { exact: true }) }).locator('dd')
const field = (label: string): Locator => dialog().getByRole('textbox', { name: label, exact: true })
const saveForm = async (): Promise<void> => {
  await dialog().getByRole('button', { name: words.machine.edit.save }).click()
  await expect(shared.page.getByRole('dialog')).toHaveCount(0)
}
const row = (name: string): Locator => dialog().locator('li[data-field]').filter({ hasText: name })
/** The effects that the form says, from top to bottom. */
const effects = (): Promise<string[]> => dialog().locator('[data-effect]').evaluateAll((all) => all.map((one) => one.getAttribute('data-effect') ?? ''))
/** "3 changes wait": the button of the header. */
const count = (number: number): Locator => {
  const { count_one: one, count_other: other } = words.machine.pending
  return button((number === 1 ? one : other).replace('{{count}}', String(number)))
}
const named = (text: string, what: string): string => text.replace('{{what}}', what)

async function editWords(label: string, edit: string, text: string): Promise<void> {
  await button(edit).click()
  await fact(label).getByRole('textbox').fill(text)
  await fact(label).getByRole('button', { name: words.machine.edit.save }).click()
  await expect(fact(label).getByRole('textbox')).toHaveCount(0)
}

describe('off, in Spanish', () => {
  test('title, description and name are edited in place; a name that libvirt refuses is not offered to it', async () => {
    const { overview, edit } = words.machine
    await editWords(overview.machineTitle, edit.title, 'Año "1" <á>')
    await editWords(overview.description, edit.description, 'dos\nlíneas')
    await button(edit.name).click()
    await fact(overview.name).getByRole('textbox').fill('aula/1')
    await expect(fact(overview.name)).toContainText(words.findings['name-slash'])
    await expect(fact(overview.name).getByRole('button', { name: edit.save })).toBeDisabled()
    expect(await strayWords(shared.page)).toEqual([])
    await fact(overview.name).getByRole('textbox').fill('-aula ñ "1"')
    await fact(overview.name).getByRole('button', { name: edit.save }).click()
    await expect(fact(overview.name)).toHaveText('-aula ñ "1"')
    expect(await nameOf(alumna, uuid)).toBe('-aula ñ "1"')
    const xml = await stored()
    expect(xml).toContain('<title>Año &quot;1&quot; &lt;á&gt;</title>')
    expect(xml).toContain('<description>dos\nlíneas</description>')
    await editWords(overview.machineTitle, edit.title, title)
  })

  test('CPUs and memory are typed or slid, within the host’s; one button saves all', async () => {
    const { edit } = words.machine
    await button(edit.sizes).click()
    await field(edit.memory).fill('9000 GiB')
    await field(edit.memory).blur()
    await expect(field(edit.memory)).not.toHaveValue('9000 GiB')
    await field(edit.memory).fill('48')
    await field(edit.maxMemory).fill('64 MiB')
    await dialog().getByRole('slider', { name: edit.cpus, exact: true }).focus()
    await shared.page.keyboard.press('ArrowRight')
    expect(await effects()).toEqual([])
    expect(await strayWords(shared.page)).toEqual([])
    await saveForm()
    expect(await stored()).toMatch(/<memory unit='KiB'>65536<\/memory>\s*<currentMemory unit='KiB'>49152<\/currentMemory>\s*<vcpu placement='static'>2<\/vcpu>/)
    await expect(fact(words.machine.cpu.memory)).toHaveText('48 MiB de 64 MiB como máximo')
    await virsh('setvcpus', uuid, '1', '--config')
  })

  test('the boot order by kinds, then device by device; after an installation the disk comes first by one click', async () => {
    const { edit, boot } = words.machine
    await button(boot.diskFirst).click()
    await expect(fact(boot.title)).toHaveText(`${boot.disk} → ${boot.cdrom}`)
    await expect(button(boot.diskFirst)).toHaveCount(0)
    expect(await stored()).toMatch(/<boot dev='hd'\/>\s*<boot dev='cdrom'\/>/)
    await button(edit.boot).click()
    await dialog().getByRole('checkbox', { name: boot.disk }).uncheck()
    await dialog().getByRole('checkbox', { name: boot.cdrom }).uncheck()
    await expect(dialog()).toContainText(words.findings['boot-none'])
    await dialog().getByRole('checkbox', { name: boot.network }).check()
    await dialog().getByRole('checkbox', { name: boot.disk }).check()
    await dialog().getByRole('button', { name: edit.bootSingle }).click()
    await dialog().getByRole('button', { name: named(edit.bootUp, `${boot.disk} (vda) · datos 1.img`) }).click()
    expect(await strayWords(shared.page)).toEqual([])
    await saveForm()
    const xml = await stored()
    expect(xml).not.toContain('<boot dev=')
    expect([...xml.matchAll(/<(?:target dev|mac address)='([^']*)'[^]*?<boot order='(\d)'/g)].map((match) => match[2])).toEqual(['1', '2'])
    await expect(fact(boot.title)).toHaveText(`${boot.disk} (vda) → ${boot.network} (${mac})`)
  })

  test('autostart is one switch', async () => {
    await shared.page.getByRole('switch', { name: words.machine.overview.autostartSession }).click({ force: true })
    await expect.poll(() => virsh('dominfo', uuid)).toMatch(/Autostart: +enable/)
    await virsh('autostart', uuid, '--disable')
  })
})

describe('running and saved, in English', () => {
  test.beforeAll(async ({ browser }) => {
    await shared.close()
    await virsh('start', uuid)
    await open(browser, 'en', false)
    await show()
  })

  test('S3.11 before it is saved an edit says when it takes effect, and what cannot take effect now waits', async () => {
    const { edit, pending } = words.machine
    await expect(shared.page.getByRole('button', { name: `${edit.name}: ${edit.nameRunning}` })).toHaveAttribute('aria-disabled', 'true')
    await button(edit.sizes).click()
    await expect.poll(effects).toEqual(['now', 'next-start', 'now', 'next-start'])
    await field(edit.cpus).fill('2')
    await field(edit.memory).fill('80')
    await expect.poll(effects).toEqual(['now', 'next-start', 'next-start', 'next-start'])
    await saveForm()
    expect(await live()).toMatch(/<vcpu placement='static'>2<\/vcpu>/)
    expect(await stored()).toMatch(/<memory unit='KiB'>81920<\/memory>\s*<currentMemory unit='KiB'>81920<\/currentMemory>\s*<vcpu placement='static'>2<\/vcpu>/)
    await expect(count(2)).toBeVisible()
    await expect(fact(words.machine.cpu.memory)).toContainText('at the next start: 80 MiB')
    await button(edit.boot).click()
    await expect.poll(effects).toEqual(['next-start'])
    await dialog().getByRole('button', { name: named(edit.bootDown, 'Disk (vda) · datos 1.img') }).click()
    await saveForm()
    await count(3).click()
    await expect(row(pending.what.boot)).toContainText(pending.needsRestart)
    await row(pending.what.boot).getByRole('button', { name: named(pending.discardOne, pending.what.boot) }).click()
    await expect(row(pending.what.boot)).toHaveCount(0)
    expect(await stored()).toMatch(/datos 1\.img'[^]*?<boot order='1'/)
    await shared.page.keyboard.press('Escape')
  })

  test('S3.11 what another program changes is marked with both values, applied field by field, or discarded', async () => {
    const { pending } = words.machine
    await virsh('desc', uuid, '--config', '--title', '--new-desc=Room "2"')
    await virsh('change-media', uuid, 'sda', isoB, '--update', '--config')
    await virsh('domif-setlink', uuid, mac, 'down', '--config')
    await shared.page.reload()
    await expect(count(5)).toBeVisible()
    await expect(fact(words.machine.overview.machineTitle)).toContainText(`now: ${title}`)
    const drive = shared.page.locator('li[data-target=sda]')
    await expect(drive).toContainText(isoA)
    await expect(drive).toContainText(`at the next start: ${isoB}`)
    await count(5).click()
    await expect(row('CD drive sda').locator('dd')).toHaveText([isoA, isoB])
    await row('CD drive sda').getByRole('button', { name: named(pending.applyOne, 'CD drive sda') }).click()
    await expect(row('CD drive sda')).toHaveCount(0)
    expect(await live()).toContain(isoB)
    await row(`Network card ${mac}`).getByRole('button', { name: named(pending.discardOne, `Network card ${mac}`) }).click()
    await expect(row(`Network card ${mac}`)).toHaveCount(0)
    expect(await stored()).not.toContain("<link state='down'/>")
    await row(pending.what.title).getByRole('button', { name: named(pending.applyOne, pending.what.title) }).click()
    await expect(row(pending.what.title)).toHaveCount(0)
    expect(await live()).toContain('<title>Room &quot;2&quot;</title>')
    await expect(dialog().locator('li[data-field]')).toHaveCount(2)
    await virsh('desc', uuid, '--config', '--live', '--title', `--new-desc=${title}`)
  })

  test('S3.11 what a start alone can give: asked first, shut down, and started with the new values', async () => {
    const { pending } = words.machine
    const before = (await virsh('domid', uuid)).trim()
    await dialog().getByRole('button', { name: pending.restart }).click()
    await dialog().getByRole('button', { name: pending.restartDo }).click()
    await expect(dialog()).toContainText(pending.restarting)
    await shared.page.keyboard.press('Escape')
    // its firmware does not hear the power button: the person forces it off, and it starts all the same
    await shared.page.getByRole('button', { name: words.machines.action.power.replace('{{name}}', title) }).click()
    await shared.page.getByRole('menuitem', { name: words.machines.action.destroy }).click()
    await button(words.machines.confirm.destroy.do).click()
    await expect.poll(async () => /^\d+$/.exec((await virsh('domid', uuid)).trim())?.[0] ?? before, { timeout: 60_000 }).not.toBe(before)
    expect(await live()).toMatch(/<memory unit='KiB'>81920</)
    await expect(shared.page.getByRole('button', { name: /changes? waits?/ })).toHaveCount(0)
  })

  test('an edit of a saved machine says that its next start goes on with the old values; then it waits', async () => {
    const { edit } = words.machine
    await virsh('managedsave', uuid)
    await expect(shared.page.getByRole('button', { name: `${edit.name}: ${edit.nameSaved}` })).toBeVisible()
    await button(edit.sizes).click()
    await expect.poll(effects).toEqual(['after-saved', 'after-saved', 'after-saved', 'after-saved'])
    await field(edit.maxMemory).fill('96')
    await saveForm()
    await button(`${words.machines.action.start}: ${title}`).click()
    await expectState(alumna, uuid, 'running')
    await count(1).click()
    await expect(row(words.machine.pending.what['max-memory']).locator('dd')).toHaveText(['80\u00a0MiB', '96\u00a0MiB'])
    await dialog().getByRole('button', { name: words.machine.pending.discard }).click()
    await expect(dialog()).toContainText(words.machine.pending.done)
    expect(await stored()).toMatch(/<memory unit='KiB'>81920</)
  })
})
