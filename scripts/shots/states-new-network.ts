/** The sheets that make and edit a network: every kind, findings, the rest unfolded, the guide to a bridge. */
import { execFileSync } from 'node:child_process'
import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress, type Subject } from '../../renderer/app/registry.ts'
import type { Choice } from '../../renderer/features/new-network/choices.ts'
import { proposeNetwork } from '../../shared/model/network-proposal.ts'
import { asUser, until } from '../../test/harness/index.ts'
import { forgetNetwork, system } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, field, type State, type Step, type Target } from './state.ts'

const newNetwork = (s: Subject): string => dialogAddress('new-network', s)
const choose = (choice: Choice): Step => ({ click: css(`[role=dialog] input[type=radio][value=${choice}]`) })
const name = (text: string): Step => ({ fill: field((words) => words['new-network'].field.name), text })
const more: Step = { click: css('[data-fold=more] button') }
const guide: Target = css('[role=dialog] section pre')

const ip = (...words: readonly string[]): void => void execFileSync('ip', words)

/** Two cards of the host's, as far as it can tell: pairs whose other ends are outside. One is in br0. */
function plugCards(bridge: boolean): void {
  ip('netns', 'add', 'vivero-lan')
  for (const card of ['enp1s0', 'enp2s0']) {
    ip('link', 'add', card, 'type', 'veth', 'peer', 'name', `${card}-out`, 'netns', 'vivero-lan')
    ip('link', 'set', card, 'up')
  }
  if (!bridge) return
  ip('link', 'add', 'br0', 'type', 'bridge')
  ip('link', 'set', 'enp1s0', 'master', 'br0')
  ip('link', 'set', 'br0', 'up')
  ip('address', 'add', '192.168.1.7/24', 'dev', 'br0')
}

function unplug(bridge: boolean): void {
  if (bridge) ip('link', 'delete', 'br0')
  for (const card of ['enp1s0', 'enp2s0']) ip('link', 'delete', card)
  ip('netns', 'delete', 'vivero-lan')
}

const cards = { before: () => plugCards(false), after: () => unplug(false) }
const bridge = { before: () => plugCards(true), after: () => unplug(true) }

/** A running network with what can be edited. */
async function makeNetwork({ host, subject }: Shown): Promise<void> {
  const around = { networks: await host.call('network.list', { connection: subject.networks }), host: null }
  const plan = proposeNetwork(subject.networks, 'nat', around, true)
  const ranges = [{ start: '192.168.101.2', end: '192.168.101.254' }]
  const ipv4 = { cidr: '192.168.101.0/24', gateway: null, dhcp: { ranges, hosts: [] } }
  await host.call('network.create', { ...plan, name: 'red-nat', domain: 'red-nat', ipv4 })
}

let made = ''
const edited = {
  before: async (shown: Shown): Promise<void> => {
    await makeNetwork(shown)
    made = await until('the network in the app', 10_000, async () => {
      const all = await shown.host.call('network.list', { connection: shown.subject.networks })
      return all.find((one) => one.name === 'red-nat')?.uuid
    })
  },
  after: async (): Promise<void> => {
    await asUser('root').exec(['virsh', '-q', '-c', system, 'net-destroy', '--network=red-nat'])
    await forgetNetwork('red-nat')
  },
}

const editing = (s: Subject): string => `${paths.network(s.networks, made)}?${new URLSearchParams({ dialog: 'edit-network', connection: s.networks, uuid: made })}`

/** A DNS record of another program's, which libvirt tells nobody of. */
async function recordElsewhere(): Promise<void> {
  const record = "--xml=<host ip='192.168.101.9'><hostname>impresora</hostname></host>"
  await asUser('root').virsh(['-c', system, 'net-update', '--network=red-nat', '--command=add-last', '--section=dns-host', record, '--live', '--config'])
}

export const newNetworkStates = {
  'new-network-findings': {
    address: newNetwork,
    steps: [
      name('default'),
      { fill: field((words) => words['new-network'].field.ipv4), text: '192.168.122.0/24' },
      { fill: field((words) => words['new-network'].field.from), text: '192.168.121.2' },
      { see: css('[role=dialog] [data-level=error]') },
    ],
  },
  'new-network-more': {
    seldom: true,
    address: newNetwork,
    steps: [
      name('red-nat'),
      more,
      { click: css('[role=dialog] label:has-text("IPv6")') },
      { click: button((words) => words['new-network'].rows.addHost) },
      { fill: field((words) => words['new-network'].rows.mac), text: '52:54:00:aa:bb:01' },
      { click: button((words) => words['new-network'].rows.addRecord) },
      { see: button((words) => words['new-network'].rows.addRecord) },
    ],
  },
  'new-network-isolated-dhcp': { address: newNetwork, steps: [choose('isolated-dhcp'), name('red-aislada-dhcp')], seldom: true },
  'new-network-isolated': { address: newNetwork, steps: [choose('isolated'), name('red-aulas')], seldom: true },
  'new-network-very-isolated': { address: newNetwork, steps: [choose('very-isolated'), name('red-muy-aislada')], seldom: true },
  'new-network-route': { address: newNetwork, steps: [choose('route'), name('red-enrutada')], seldom: true },
  'new-network-open': { address: newNetwork, steps: [choose('open'), name('red-abierta')], seldom: true },
  'new-network-bridge': { address: newNetwork, ...bridge, steps: [choose('bridge'), name('red-puente'), { see: css('[role=dialog] input[aria-haspopup=listbox]') }], seldom: true },
  'new-network-macvtap': {
    seldom: true,
    address: newNetwork,
    ...bridge,
    steps: [choose('macvtap'), name('red-macvtap'), { choose: (words) => words['new-network'].field.hostDevice }, { see: css('[role=option]') }],
  },
  'new-network-guide': { seldom: true, address: newNetwork, ...cards, steps: [choose('bridge'), { see: guide }] },
  'new-network-guide-ifupdown': {
    address: newNetwork,
    ...cards,
    steps: [choose('bridge'), { click: css('[role=dialog] input[value=ifupdown] + label') }, { see: css('[role=dialog] section > div:last-child pre') }],
    seldom: true,
  },
  'new-network-commands': {
    address: newNetwork,
    steps: [name('red-nat'), { click: button((words) => words['new-network'].preview.commands) }, { see: css('[role=dialog] pre') }],
    seldom: true,
  },
  'new-network-term': { address: newNetwork, steps: [{ hover: css('[role=dialog] [data-term=dhcp]') }, { see: css('[role=tooltip]') }], seldom: true },
  'new-network-session': { address: (s) => dialogAddress('new-network', { ...s, networks: s.connection }), steps: [], seldom: true },
  'edit-network-effect': {
    address: editing,
    ...edited,
    steps: [
      { fill: field((words) => words['new-network'].field.from), text: '192.168.101.100' },
      more,
      { fill: field((words) => words['new-network'].field.mtu), text: '1400' },
      { see: css('[role=dialog] strong') },
    ],
    seldom: true,
  },
  'edit-network-commands': {
    address: editing,
    ...edited,
    steps: [
      { fill: field((words) => words['new-network'].field.from), text: '192.168.101.100' },
      { click: button((words) => words['new-network'].preview.commands) },
      { see: css('[role=dialog] [data-fold=commands] pre') },
    ],
    seldom: true,
  },
  'edit-network-overtaken': {
    address: editing,
    ...edited,
    steps: [
      { fill: field((words) => words['new-network'].field.from), text: '192.168.101.100' },
      { work: recordElsewhere },
      { click: button((words) => words['new-network'].save) },
      { see: css('[role=dialog] [role=alert]') },
    ],
    seldom: true,
  },
} as const satisfies Readonly<Record<string, State>>
