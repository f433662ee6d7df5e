/** What a machine is told at its first start: the form, the documents, the seed that is there for that start alone. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Page } from '@playwright/test'
import { verify } from 'unixcrypt'
import { asUser, serialPort, until } from '../harness/index.ts'
import { browseTo } from './support/choose.ts'
import { expect } from './support/expect.ts'
import { create, downloadGuest, forgetMachine, reviewFrom } from './support/machines.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const system = ['-c', 'qemu:///system']
const pool = '/var/lib/libvirt/images'
const kept = join(alumna.home, '.local/state/vivero/first-start')
/** The course's own document, with the line that it is broken by. */
const course = ['#cloud-config', 'seña a los usuarios creados', 'chpasswd:', '  expire: False', '  users:', '    - name: root', '      password: asdasd', '      type: text', ''].join('\n')
const mended = course.split('\n').filter((line) => !line.startsWith('seña')).join('\n')

let shared: SharedApp
test.beforeAll(async ({ browser }) => {
  shared = await openShared(browser)
})
test.afterAll(async () => {
  await shared.close()
  await root.exec(['virsh', ...system, 'destroy', '--domain=cirros0.3.5'])
  await root.exec(['virsh', ...system, 'undefine', '--domain=cirros0.3.5'])
  await root.exec(['virsh', ...system, 'pool-destroy', '--pool=default'])
  await root.exec(['virsh', ...system, 'pool-undefine', '--pool=default'])
  await root.exec(['virsh', ...system, 'net-destroy', '--network=default'])
  for (const name of readdirSync(pool)) rmSync(join(pool, name))
})

const seeds = (folder = kept): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.iso')) : [])
const gone = (folder: string) => until('the end of the seed', 20_000, () => (seeds(folder).length === 0 && readdirSync(kept).length === 0) || undefined)
const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
const readSeed = (iso: string, name: string): string =>
  execFileSync('xorriso', ['-osirrox', 'on', '-indev', iso, '-concat', 'overwrite', '-', `/${name}`, '--'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
/** Files of the person's, of logs and of what is kept while the machine is on, in which a word stands. */
const filesWith = async (word: string): Promise<string[]> =>
  (await root.exec(['grep', '-rlF', '--exclude-dir=playwright*', '--', word, alumna.home, '/tmp', '/var/tmp', `/run/user/${alumna.uid}`, '/var/log', '/run/lab/log', '/run/libvirt'])).stdout.split('\n').filter((path) => path !== '')

/** A file of the person's. */
function give(place: string, text: string): void {
  writeFileSync('/tmp/given', text)
  alumna.give('/tmp/given', place)
  rmSync('/tmp/given')
}

async function typeDocument(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name, exact: true }).fill(text)
}

test('S1.14 S1.15 S1.16 S1.17 S1.18 documents are checked by their lines, read inside as they were typed, and gone after the first start', async () => {
  const { page, app } = shared
  const dialog = page.getByRole('dialog')
  give('Downloads/cloud.yaml', course)
  await reviewFrom(page, await downloadGuest(alumna))
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('128')

  // Who can log in is said before anything is asked, and what this image ignores once it is told something.
  await expect(dialog.getByText('This image brings along the user cirros with the password cubswin:) (from version 0.4.0 on: gocubsgo).')).toBeVisible()
  await expect(dialog.getByText(/^CirrOS (has no full|no tiene un) cloud-init/)).toHaveCount(0)
  await dialog.getByRole('switch', { name: 'First start' }).click()
  await expect(dialog.getByText(/^CirrOS (has no full cloud-init: .* Users, passwords, packages and all else it ignores\.|no tiene un cloud-init completo: .* ni de lo demás\.)$/)).toBeVisible()

  // The course's file is refused with its line, and taken once that is away.
  await dialog.getByRole('tab', { name: 'Documents' }).click()
  await dialog.getByRole('button', { name: 'Take user-data from a file' }).click()
  await browseTo(page, { title: 'Choose a file', take: 'Open' }, ['cloud.yaml'])
  const userData = dialog.getByRole('textbox', { name: 'user-data', exact: true })
  await expect(userData).toHaveValue(course)
  await expect(dialog.getByText('Line 2 of user-data belongs to no key. A “:” after the key is missing, or a “#” before a comment.')).toBeVisible()
  await expect(userData).toHaveAccessibleDescription(/(Line|línea) 2 (of|de) user-data/)
  await expect(dialog.locator('[data-faulty]')).toHaveText('2')
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  await typeDocument(page, 'user-data', mended)
  await expect(dialog.getByText(/^(Line 6 has a password in clear text|La línea 6 tiene una contraseña en claro)/)).toBeVisible()
  await expect(dialog.getByText('“expire: False” means that nobody is asked for a new password at the first login.')).toBeVisible()
  await expect(dialog.locator('[data-faulty]')).toHaveCount(0)
  const network = 'version: 2\nethernets:\n  eth0: {dhcp4: true}'
  await typeDocument(page, 'network-config', network)

  await dialog.getByRole('button', { name: 'Commands that this runs' }).click()
  const commands = dialog.getByRole('region', { name: 'Commands that this runs' })
  await expect(commands).toContainText('read -rs SECRET')
  await expect(commands).toContainText('password: ${SECRET}')
  expect(await commands.innerText()).not.toContain('asdasd')
  await dialog.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  await create(page)

  const uuid = (await alumna.virsh(['domuuid', '--domain=cirros0.3.5'])).trim()
  const seed = join(kept, `${uuid}.iso`)
  expect([statSync(seed).mode & 0o777, statSync(kept).mode & 0o777]).toEqual([0o600, 0o700])
  const live = await alumna.virsh(['dumpxml', `--domain=${uuid}`])
  expect(live).toContain(`<source file='${seed}'`)
  expect(live).toMatch(/<smbios mode='sysinfo'\/>/)
  const stored = async (): Promise<string> => alumna.virsh(['dumpxml', '--inactive', `--domain=${uuid}`])
  for (const word of ['first-start', 'cdrom', 'nocloud']) expect(await stored()).not.toContain(word)

  const serial = await serialPort(alumna, 'cirros0.3.5')
  await until('a prompt', 60_000, async () => {
    serial.type('')
    return /#\s*$/.test(serial.text()) || undefined
  })
  serial.type('cd /seed; md5sum user-data network-config; cat meta-data /sys/class/dmi/id/product_serial; echo read')
  await serial.expectText(/\nread/)
  expect(serial.text()).toContain(`${md5(mended)}  user-data`)
  expect(serial.text()).toContain(`${md5(network)}  network-config`)
  expect(serial.text()).toContain(`instance-id: "${uuid}"`)
  expect(serial.text()).toContain('local-hostname: "cirros0-3-5"')
  expect(serial.text()).toContain('ds=nocloud')
  serial.close()

  // The password stands where the person has it and on the seed, and nowhere else.
  expect((await filesWith('asdasd')).toSorted()).toEqual([seed, join(alumna.home, 'Downloads/cloud.yaml')].toSorted())
  expect((await root.exec(['ps', 'axwwe'])).stdout).not.toContain('asdasd')
  expect(app.printed()).not.toContain('asdasd')
  await page.getByRole('button', { name: /^(Commands|Órdenes) \(/ }).click()
  await expect(page.getByText('xorriso').first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain('asdasd')
  await page.getByRole('button', { name: /^(Commands|Órdenes) \(/ }).click()

  await alumna.virsh(['destroy', `--domain=${uuid}`])
  await gone(kept)
  expect(await filesWith('asdasd')).toEqual([join(alumna.home, 'Downloads/cloud.yaml')])
  await alumna.virsh(['start', `--domain=${uuid}`])
  for (const xml of [await alumna.virsh(['dumpxml', `--domain=${uuid}`]), await stored()]) expect(xml).not.toMatch(/first-start|cdrom|nocloud/)
  await forgetMachine(alumna, 'cirros0.3.5')
})

test('S1.14 S1.17 the form’s password is a hash on the seed and nothing elsewhere; a seed that a killed app left goes at its next start', async ({ browser }) => {
  const { page, app } = shared
  const dialog = page.getByRole('dialog')
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMnAIDO2hyhfdGWZ ana@casa ñ'
  give('.ssh/id_ed25519.pub', `${key}\n`)
  const password = `Zp'q"$7 ñ`
  await reviewFrom(page, join(alumna.home, 'Downloads/cirros-0.3.5.qcow2'))
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('128')
  await dialog.getByRole('switch', { name: 'First start' }).click()
  const field = (name: string) => dialog.getByRole('textbox', { name, exact: true })
  await expect(field('User')).toHaveValue('alumna')
  await field('Host name').fill('mi web')
  await expect(dialog.getByText('A host name holds letters, digits and dashes only, 63 at most.')).toBeVisible()
  await field('Host name').fill('web')
  await field('User').fill('ana')
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await expect(dialog.getByText('The two passwords differ.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  await dialog.getByLabel('Password again', { exact: true }).fill(password)
  await dialog.getByRole('checkbox', { name: 'id_ed25519.pub' }).check()
  await field('Locale').fill('es_ES.UTF-8')
  await field('Keyboard').fill('es')
  await field('Packages').fill('nginx git')
  await dialog.getByRole('checkbox', { name: 'Bring installed packages up to date' }).check()
  await dialog.getByRole('checkbox', { name: 'Open the console when it is made' }).uncheck()
  await create(page)

  const uuid = (await alumna.virsh(['domuuid', '--domain=cirros0.3.5'])).trim()
  const told = readSeed(join(kept, `${uuid}.iso`), 'user-data')
  const [, hash = ''] = /hashed_passwd: "(.*)"/.exec(told) ?? []
  expect(verify(password, hash)).toBe(true)
  expect(told.replace(hash, 'HASH').split('\n')).toEqual([
    '#cloud-config',
    'hostname: "web"',
    'manage_etc_hosts: true',
    'users:',
    '  - name: "ana"',
    '    shell: "/bin/bash"',
    '    sudo: "ALL=(ALL) ALL"',
    '    lock_passwd: false',
    '    hashed_passwd: "HASH"',
    '    ssh_authorized_keys:',
    `      - "${key}"`,
    'chpasswd:',
    '  expire: false',
    'ssh_pwauth: true',
    'locale: "es_ES.UTF-8"',
    'keyboard:',
    '  layout: "es"',
    'package_update: true',
    'package_upgrade: true',
    'packages:',
    '  - "nginx"',
    '  - "git"',
    '',
  ])
  expect(await filesWith(password)).toEqual([])
  expect(await filesWith(hash)).toEqual([join(kept, `${uuid}.iso`)])

  app.process.kill('SIGKILL')
  await until('the end of the app', 10_000, () => app.process.exitCode !== null || app.process.signalCode !== null || undefined)
  await alumna.virsh(['destroy', `--domain=${uuid}`])
  expect(seeds()).toEqual([`${uuid}.iso`])
  await shared.close()
  shared = await openShared(browser, { fresh: false, language: 'es' })
  await gone(kept)
  await forgetMachine(alumna, 'cirros0.3.5')
})

test('S1.15 S1.16 S1.17 on QEMU/KVM the seed is a volume of the pool, and goes when the machine stops', async () => {
  const { page } = shared
  const dialog = page.getByRole('dialog')
  await page.getByRole('region', { name: 'QEMU/KVM' }).getByRole('link', { name: /^Máquinas/ }).click()
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await dialog.getByRole('button', { name: 'cirros-0.3.5.qcow2' }).click()
  await page.getByRole('textbox', { name: 'Memoria', exact: true }).fill('128')
  await dialog.getByRole('switch', { name: 'Primer arranque' }).click()
  await dialog.getByRole('tab', { name: 'Documentos' }).click()
  await typeDocument(page, 'user-data', course)
  await expect(dialog.getByText('La línea 2 de user-data no pertenece a ninguna clave. Falta un «:» tras la clave, o un «#» delante de un comentario.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Crear', exact: true })).toBeDisabled()
  await typeDocument(page, 'user-data', mended)
  await expect(dialog.getByText(/^La línea 6 tiene una contraseña en claro/)).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Abrir la consola al terminar' }).uncheck()
  await dialog.getByRole('button', { name: 'Crear', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 180_000 })

  const [seed = ''] = seeds(pool)
  const path = join(pool, seed)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(await alumna.virsh([...system, 'vol-list', '--pool=default'])).toContain(seed)
  expect(await alumna.virsh([...system, 'dumpxml', '--domain=cirros0.3.5'])).toContain(path)
  expect(await alumna.virsh([...system, 'dumpxml', '--inactive', '--domain=cirros0.3.5'])).not.toMatch(/first-start|cdrom|nocloud/)
  expect(readSeed(path, 'user-data')).toBe(mended)
  expect(seeds()).toEqual([])
  await alumna.virsh([...system, 'destroy', '--domain=cirros0.3.5'])
  await gone(pool)
  expect(await alumna.virsh([...system, 'vol-list', '--pool=default'])).not.toContain('first-start')
})
