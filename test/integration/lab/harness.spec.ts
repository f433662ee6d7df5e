import { afterAll, describe, expect, it } from 'vitest'
import { ensureGuest } from '../../guest/index.ts'
import { asUser, defineGuest, difference, expectUnchanged, inventory, serialPort } from '../../harness/index.ts'

const alumna = asUser('alumna')
const session = ['-c', 'qemu:///session']

describe('the harness', () => {
  afterAll(async () => {
    await alumna.exec(['virsh', ...session, 'destroy', 'prueba'])
    await alumna.exec(['virsh', ...session, 'undefine', 'prueba'])
  })

  it('starts the small guest for alumna and talks to its serial port', async () => {
    const disk = alumna.give((await ensureGuest()).disk, 'prueba.qcow2')
    await defineGuest(alumna, { name: 'prueba', disk })
    await alumna.virsh([...session, 'start', '--domain=prueba'])
    const port = await serialPort(alumna, 'prueba')
    try {
      await port.expectText(/vivero-guest ready/, 90_000)
      port.clear()
      port.type('echo $((40 + 2))')
      await port.expectText(/^42\r?$/m)
    } finally {
      port.close()
    }
  })

  it('starts a machine of the system connection on its network', async () => {
    const root = asUser('root')
    const system = ['-c', 'qemu:///system']
    const disk = root.give((await ensureGuest()).disk, '/var/lib/libvirt/images/sistema.qcow2')
    await defineGuest(root, { name: 'sistema', disk, connection: 'qemu:///system', network: 'default' })
    await root.virsh([...system, 'net-start', '--network=default'])
    try {
      await root.virsh([...system, 'start', '--domain=sistema'])
      const port = await serialPort(root, 'sistema', 'qemu:///system')
      await port.expectText(/vivero-guest address: eth0 192\.168\.122\.\d+\/24/, 90_000)
      port.close()
    } finally {
      await root.exec(['virsh', ...system, 'destroy', 'sistema'])
      await root.exec(['virsh', ...system, 'undefine', 'sistema'])
      await root.exec(['virsh', ...system, 'net-destroy', 'default'])
    }
  })

  it('takes an inventory that names what was added and what is gone', async () => {
    const before = await inventory(alumna)
    expect(before).toContain('machine qemu:///session prueba')
    await defineGuest(alumna, { name: 'segunda' })
    await alumna.exec(['touch', 'nuevo.txt'])
    const sleeper = alumna.spawn(['sleep', '1000'])
    const after = await inventory(alumna)
    expect(difference(before, after)).toEqual([
      '+ file /home/alumna/.config/libvirt/qemu/segunda.xml 0 bytes'.replace('0 bytes', sizeOf(after, 'segunda.xml')),
      '+ file /home/alumna/nuevo.txt 0 bytes',
      '+ machine qemu:///session segunda',
      '+ process sleep 1000',
    ])
    sleeper.kill('SIGKILL')
    await alumna.exec(['rm', 'nuevo.txt'])
    await alumna.virsh([...session, 'undefine', '--domain=segunda'])
    await expectUnchanged(before, alumna)
  })
})

function sizeOf(lines: readonly string[], name: string): string {
  return /\d+ bytes$/.exec(lines.find((line) => line.includes(name)) ?? '')?.[0] ?? 'missing'
}
