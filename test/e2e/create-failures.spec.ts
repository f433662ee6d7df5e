/** What goes wrong while a machine is made, each put there for real: a sentence with a remedy, and nothing left. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test, type Page } from '@playwright/test'
import { asUser, held, holdable, until } from '../harness/index.ts'
import { select } from './support/choose.ts'
import { denseImage, expectFailure, type Beside, type Fault } from './support/creation-faults.ts'
import { withDocument } from './support/documents.ts'
import { expect } from './support/expect.ts'
import { reviewFrom } from './support/machines.ts'
import { inBoth } from './support/other-language.ts'
import { openShared, type SharedApp } from './support/shared-app.ts'

test.describe.configure({ mode: 'serial' })

const alumna = asUser('alumna')
const root = asUser('root')
const system = ['-c', 'qemu:///system']
const settings = '/etc/libvirt/qemu.conf'
const settingsBefore = readFileSync(settings, 'utf8')
const ports = [5900, 5901] as const
const beside: Beside = {
  connections: ['qemu:///session', 'qemu:///system'],
  folders: ['/var/lib/libvirt/images', '/etc/libvirt/qemu', '/etc/libvirt/storage', '/var/lib/libvirt/qemu/nvram'],
}
let shared: SharedApp

test.beforeAll(async ({ browser }) => {
  // Two ports for displays, as few as libvirt takes: who listens on both has them all.
  appendFileSync(settings, `remote_display_port_min = ${ports[0]}\nremote_display_port_max = ${ports[1]}\n`)
  await restartLibvirt()
  shared = await openShared(browser, { connections: ['qemu:///system'], env: holdable(alumna) })
})
test.afterAll(async () => {
  await shared.close()
  writeFileSync(settings, settingsBefore)
  await restartLibvirt()
})

async function restartLibvirt(): Promise<void> {
  const pid = readFileSync('/run/libvirtd.pid', 'utf8').trim()
  await root.exec(['kill', pid])
  await until('the end of libvirtd', 10_000, async () => ((await root.exec(['kill', '-0', pid])).code === 0 ? undefined : true))
  await root.exec(['libvirtd', '-d'])
  await until('libvirtd', 10_000, () => root.virsh([...system, 'uri']))
}

/** From the machines page of a connection to the review page of a file. */
async function review(connection: string, file: string): Promise<Page> {
  const { page } = shared
  await page.getByRole('region', { name: connection }).getByRole('link', { name: /^Machines/ }).click()
  await reviewFrom(page, file)
  await page.getByRole('textbox', { name: 'Memory', exact: true }).fill('128')
  return page
}

const reviewIso = (): Promise<Page> => review('QEMU/KVM', alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso'))

const fault = (says: Fault['says'], remedy: string, mend?: Fault['mend']): Fault => ({
  app: shared.app,
  alumna,
  page: shared.page,
  says,
  remedy,
  beside,
  ...(mend ? { mend } : {}),
})

async function close(): Promise<void> {
  const { page } = shared
  const dialog = page.getByRole('dialog', { name: 'Review and create' })
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('dialog', { name: 'Close without creating?' }).getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('the port of the display is taken: said, and the network that was started for the machine is off again', async () => {
  await reviewIso()
  const squatters = ports.map((port) => ({ port, server: createServer() }))
  const open = () => Promise.all(squatters.map(({ port, server }) => new Promise<void>((resolve) => void server.listen(port, '0.0.0.0', resolve))))
  const shut = () => Promise.all(squatters.map(({ server }) => new Promise<void>((resolve) => void server.close(() => resolve()))))
  await expectFailure(
    fault('All network ports that libvirt may give to displays (5900 to 5901) are in use.', 'stop the program that uses them, and try again.', shut),
    open,
  )
  expect((await alumna.virsh([...system, 'net-list', '--name'])).trim()).toBe('')
  await close()
})

test('the UEFI firmware is gone by the time the machine is defined', async () => {
  const page = await reviewIso()
  await select(page, 'Firmware', 'UEFI')
  const empty = mkdtempSync('/tmp/empty-')
  const places = ['/usr/share/qemu/firmware', '/usr/share/OVMF']
  await expectFailure(
    fault('The UEFI firmware that the machine needs is not installed.', 'Install it (package ovmf), or choose BIOS for the machine.', () => {
      for (const place of places) execFileSync('umount', [place])
    }),
    () => {
      for (const place of places) execFileSync('mount', ['--bind', empty, place])
    },
  )
  rmdirSync(empty)
  await close()
})

/** Does something while the copy of an image is held in its middle, as by a slow disk. */
async function whileCopying(work: () => Promise<unknown>): Promise<void> {
  const copy = await held('qemu-img', ' convert ')
  try {
    await copy.until(`${alumna.home}/.local/share/libvirt/images/dense.qcow2`, 4 * 1024 ** 2)
    await work()
  } finally {
    copy.release()
  }
}

test('the name is taken while the disk is copied: theirs stays', async () => {
  const image = denseImage(alumna, 64)
  await review('User session', image)
  let meanwhile = Promise.resolve()
  const theirs = "<domain type='qemu'><name>dense</name><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os></domain>"
  await expectFailure(
    fault('The name “dense” is already in use.', 'Choose another name.', () => alumna.virsh(['undefine', '--domain=dense'])),
    () => {
      meanwhile = whileCopying(() => withDocument(alumna, ['define'], theirs))
    },
  )
  await meanwhile
  await close()
})

/** A pool on a small file system of its own, which is taken away again by what this answers. */
async function smallPool(connection: string, path: string, owner: number): Promise<() => Promise<void>> {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=6m,mode=0755,uid=${owner},gid=${owner}`, 'tmpfs', path])
  const user = owner === 0 ? root : alumna
  const virsh = (...args: readonly string[]): Promise<string> => user.virsh(['-c', connection, ...args])
  await withDocument(user, ['-c', connection, 'pool-define'], `<pool type='dir'><name>small</name><target><path>${path}</path></target></pool>`)
  await virsh('pool-start', '--pool=small')
  return async () => {
    for (const verb of ['pool-destroy', 'pool-undefine']) await virsh(verb, '--pool=small')
    execFileSync('umount', [path])
    rmdirSync(path)
  }
}

for (const [name, connection, path, owner] of [
  ['User session', 'qemu:///session', `${alumna.home}/small`, alumna.uid],
  ['QEMU/KVM', 'qemu:///system', '/var/lib/libvirt/small', 0],
] as const) {
  test(`a pool without room, on ${name}: said before, and when it fills in the middle`, async () => {
    const image = denseImage(alumna, 8)
    const remove = await smallPool(connection, path, owner)
    try {
      const page = await review(name, image)
      await select(page, 'Stored in', /small/)
      await expect(page.getByRole('dialog').getByText(inBoth({ en: /The image takes 8\sMiB, and only .* are free there\./, es: /La imagen ocupa 8\sMiB, y allí solo quedan .* libres\./ }))).toBeVisible()
      await expectFailure(fault('There is no room left on the disk.', 'Free some space or choose another place.'), () => undefined)
      await close()
    } finally {
      await remove()
    }
    rmSync(image)
  })
}

test('the pool is deleted while the disk is copied into it', async () => {
  const image = denseImage(alumna, 64)
  await review('User session', image)
  let meanwhile = Promise.resolve()
  await expectFailure(fault('There is no storage pool “default” any more.', 'Choose another place under “Stored in”.'), () => {
    meanwhile = whileCopying(async () => {
      for (const verb of ['pool-destroy', 'pool-undefine']) await alumna.virsh([verb, '--pool=default'])
    })
  })
  await meanwhile
  rmSync(image)
  await close()
})
