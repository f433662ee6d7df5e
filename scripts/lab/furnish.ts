import { writeFileSync } from 'node:fs'
import { XMLBuilder } from 'fast-xml-parser'
import { ensureGuest } from '../../test/guest/index.ts'
import { asUser, defineGuest, type User } from '../../test/harness/index.ts'

const session = 'qemu:///session'
const system = 'qemu:///system'

/** Small machines and networks for trying things out and for pictures: alumna's session, and the system. */
export async function furnish(): Promise<void> {
  const alumna = asUser('alumna')
  const root = asUser('root')
  const { disk, iso } = await ensureGuest()
  const images = '.local/share/libvirt/images'
  await definePool(alumna, session, 'default', `${alumna.home}/${images}`)
  const live = alumna.give(iso, 'Downloads/vivero-live.iso')
  for (const [name, title] of [
    ['ubuntu20.10-2', 'Ubuntu 20.10 2'],
    ['cirros-alumna', 'CirrOS'],
    ['taller', 'Taller'],
  ] as const) {
    const place = alumna.give(disk, `${images}/${name}.qcow2`)
    await defineGuest(alumna, { name, title, disk: place, ...(name === 'taller' ? { iso: live } : {}) })
  }
  await alumna.virsh(['-c', session, 'pool-refresh', '--pool=default'])
  await alumna.virsh(['-c', session, 'start', '--domain=ubuntu20.10-2'])
  await alumna.virsh(['-c', session, 'start', '--domain=taller'])
  await alumna.virsh(['-c', session, 'suspend', '--domain=taller'])

  await root.virsh(['-c', system, 'net-start', '--network=default'])
  await defineNetwork(root, 'red-aislada', '192.168.102.1')
  await definePool(root, system, 'default', '/var/lib/libvirt/images')
  for (const name of ['servidor', 'cliente']) {
    const place = root.give(disk, `/var/lib/libvirt/images/${name}.qcow2`)
    await defineGuest(root, { name, disk: place, connection: system, network: 'default' })
  }
}

async function definePool(user: User, connection: string, name: string, folder: string): Promise<void> {
  const place = document(user, { pool: { '@type': 'dir', name, target: { path: folder } } })
  await user.virsh(['-c', connection, 'pool-define', `--file=${place}`])
  await user.virsh(['-c', connection, 'pool-build', `--pool=${name}`])
  await user.virsh(['-c', connection, 'pool-start', `--pool=${name}`])
  await user.virsh(['-c', connection, 'pool-autostart', `--pool=${name}`])
}

async function defineNetwork(user: User, name: string, address: string): Promise<void> {
  const place = document(user, {
    network: { name, bridge: { '@stp': 'on' }, ip: { '@address': address, '@netmask': '255.255.255.0' } },
  })
  await user.virsh(['-c', system, 'net-define', `--file=${place}`])
  await user.virsh(['-c', system, 'net-start', `--network=${name}`])
}

/** Writes a document where virsh can read it; the lab's /tmp goes with the lab. */
function document(user: User, content: object): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true })
  const draft = `/tmp/draft-${process.hrtime.bigint()}.xml`
  writeFileSync(draft, builder.build(content))
  return user.give(draft, `${draft}.given`)
}
