/** The picture of a network of each kind, with few and many machines, off, and with settings that wait for a restart. */
import { rmSync, writeFileSync } from 'node:fs'
import { paths } from '../../renderer/app/paths.ts'
import { withDocument } from '../../test/e2e/support/documents.ts'
import { asUser, until } from '../../test/harness/index.ts'
import { exampleNetworks, networkUuid, type ExampleKind } from './example-networks.ts'
import { addTestConnection, defineNetwork, forgetNetwork, playAt, removeTestConnections, scene, system } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, entry, type State } from './state.ts'

const alumna = asUser('alumna')
const root = asUser('root')

/** A network of that kind with so many machines, in a connection of its own. */
function drawn(kind: ExampleKind, machines: number): State {
  return {
    address: scene,
    before: async (shown) => {
      const connection = await addTestConnection(shown, 'Aula de redes', alumna, exampleNetworks(kind, machines))
      playAt(paths.network(connection, networkUuid(kind)))
    },
    after: (shown) => removeTestConnections(shown, alumna),
    steps: [{ see: css(`figure[data-kind="${kind}"]`) }],
    seldom: true,
  }
}

const changed = "<forward mode='nat'/><bridge name='virbr77'/>"
const subnet = (address: string, dhcp: string): string => `<ip address='${address}' netmask='255.255.255.0'>${dhcp}</ip>`

/** A network that runs with other settings than it will start with. */
async function pending({ host, subject }: Shown): Promise<void> {
  const uuid = await defineNetwork('red-cambiada', `${changed}${subnet('192.168.140.1', "<dhcp><range start='192.168.140.2' end='192.168.140.254'/></dhcp>")}`)
  await root.virsh(['-c', system, 'net-start', '--network=red-cambiada'])
  const next = `<network><name>red-cambiada</name><uuid>${uuid}</uuid>${changed}<domain name='clase.local'/>${subnet('192.168.141.1', '')}</network>`
  await withDocument(root, ['-c', system, 'net-define'], next)
  await until('the pending change', 20_000, async () =>
    (await host.call('network.list', { connection: subject.networks })).some((one) => one.uuid === uuid && one.pending.length > 0) ? true : undefined,
  )
  playAt(paths.network(subject.networks, uuid))
}

async function forgetPending(): Promise<void> {
  await root.exec(['virsh', '-q', '-c', system, 'net-destroy', '--network=red-cambiada'])
  await forgetNetwork('red-cambiada')
}

const leaseFile = '/var/lib/libvirt/dnsmasq/virbr0.status'

/** Leases of a machine that is off, and of one that is gone. */
async function leave({ subject }: Shown): Promise<void> {
  const mac = /52:54:00:\S+/.exec(await root.virsh(['-c', system, 'domiflist', '--domain=servidor']))?.[0] ?? ''
  const expires = Math.floor(Date.now() / 1000) + 3_000
  const of = (card: string, host: number, name: string): object => ({ 'ip-address': `192.168.122.${String(host)}`, 'mac-address': card, hostname: name, 'expiry-time': expires })
  writeFileSync(leaseFile, JSON.stringify([of(mac, 87, 'servidor'), of('52:54:00:91:aa:70', 141, 'ubuntu-server-de-la-clase-anterior')]))
  playAt(paths.network(subject.networks, subject.network))
}

export const networkStates = {
  'network-nat': drawn('nat', 3),
  'network-nat-none': drawn('nat', 0),
  'network-nat-many': drawn('nat', 20),
  'network-nat-end': { ...drawn('nat', 3), steps: [{ see: css('main section:last-of-type td') }] },
  'network-route': drawn('route', 3),
  'network-open': drawn('open', 1),
  'network-isolated': drawn('isolated', 3),
  'network-very-isolated': drawn('very-isolated', 2),
  'network-bridge': drawn('bridge', 3),
  'network-macvtap': drawn('macvtap', 3),
  'network-pending': { address: scene, before: pending, after: forgetPending, steps: [{ see: css('[data-pending-note]') }], seldom: true },
  'network-pending-fields': { address: scene, before: pending, after: forgetPending, steps: [{ see: css('dl [data-pending]') }], seldom: true },
  'network-leases': { address: scene, before: leave, after: () => rmSync(leaseFile), steps: [{ see: css('main td:has-text("192.168.122.87")') }], seldom: true },
  'network-summary': {
    address: (s) => paths.network(s.networks, s.network),
    steps: [{ click: button((words) => words.networks.summary.copy) }, { see: entry((words) => words.networks.summary.form.text) }],
    seldom: true,
  },
} satisfies Readonly<Record<string, State>>
