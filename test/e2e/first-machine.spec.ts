import { readdirSync, readFileSync, statSync } from 'node:fs'
import { colours } from './support/png.ts'
import { expect, test } from './support/app.ts'
import { asUser } from '../harness/index.ts'
import { create, downloadGuest, expectState, forgetMachine, openMachine, reviewFrom } from './support/machines.ts'
import { freshSession } from './support/session.ts'

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

test('S1.2 S0.3 a fresh session is empty, says so, and "+" is one click away', async ({ alumna, vivero: page }) => {
  expect((await alumna.virsh(['list', '--all'])).trim()).toBe('')
  await expect(page.getByRole('heading', { name: 'No machines yet' })).toBeVisible()
  await expect(page.getByText('The machine will live in “User session”')).toBeVisible()
  await page.getByRole('button', { name: 'New machine' }).first().click()
  await expect(page.getByRole('heading', { name: 'What is it made from?' })).toBeVisible()
})

test('S0.1 S0.2 S0.9 S0.12 S1.22 three clicks make a running machine of this user, its console open', async ({ alumna, vivero: page }) => {
  const image = await downloadGuest(alumna)
  const before = statSync(image)
  await reviewFrom(page, image)
  await create(page)

  await expectState(alumna, 'cirros0.3.5', 'running')
  await expect(page.getByText('User session').first()).toBeVisible()
  expect((await alumna.virsh(['-c', 'qemu:///session', 'uri'])).trim()).toBe('qemu:///session')

  // Another libvirt, the system's, knows nothing of it; its process belongs to the user alone.
  expect(await asUser('root').virsh(['-c', 'qemu:///system', 'list', '--all', '--name'])).not.toContain('cirros')
  expect(qemuOwners('cirros0.3.5')).toEqual([alumna.uid])

  const xml = await alumna.virsh(['dumpxml', '--domain=cirros0.3.5', '--inactive'])
  expect(xml).toContain("<interface type='user'>")
  expect(xml).toContain("<model type='virtio'/>")
  expect(xml).toContain("<graphics type='vnc'")

  await page.getByTestId('display').locator('canvas').waitFor()
  const shown = async (): Promise<number> => colours(await page.getByTestId('display').locator('canvas').screenshot())
  await expect.poll(shown, { timeout: 60_000 }).toBeGreaterThan(1)

  const volumes = await alumna.virsh(['vol-list', '--pool=default'])
  expect(volumes).toContain('/home/alumna/.local/share/libvirt/images/cirros0.3.5.qcow2')
  expect(statSync(image).ino).toBe(before.ino)
  expect(statSync(image).mtimeMs).toBe(before.mtimeMs)
})

test('S0.13 S1.20 the guest has the addresses of user mode, read by typing on its serial port', async ({ alumna, vivero: page }) => {
  await openMachine(page, 'CirrOS 0.3.5')
  await page.getByText('Serial', { exact: true }).click()
  const serial = page.getByTestId('serial')
  await serial.click()
  const type = async (line: string): Promise<void> => {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  const text = async (): Promise<string> => (await serial.locator('.xterm-accessibility').innerText()).replace(/\u00a0/g, ' ')
  await expect.poll(async () => {
    await page.keyboard.press('Enter')
    return text()
  }, { timeout: 180_000, intervals: [1000] }).toMatch(/[#$] ?$/m)
  // IPv6 takes a few seconds more: asked until both of its addresses are there.
  const addresses = /inet 10\.0\.2\.15\/24 brd 10\.0\.2\.255 [^]*inet6 fec0::[^]*inet6 fe80::/
  await expect(async () => {
    await type('clear; ip a show eth0')
    await expect.poll(text, { timeout: 3_000 }).toMatch(addresses)
  }).toPass({ timeout: 180_000 })
  await type('clear; ip r; cat /etc/resolv.conf')
  await expect.poll(text, { timeout: 60_000 }).toContain('default via 10.0.2.2')
  await expect.poll(text).toContain('nameserver 10.0.2.3')
  await forgetMachine(alumna, 'cirros0.3.5')
})

/** Owners of the QEMU processes whose command line names the machine. */
function qemuOwners(machine: string): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8')
      return line.startsWith('/usr/bin/qemu-system') && line.includes(`guest=${machine},`) ? [statSync(`/proc/${entry}`).uid] : []
    } catch {
      return []
    }
  })
}
