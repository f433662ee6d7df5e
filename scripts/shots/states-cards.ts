/** A machine's network cards: what one can be plugged into and why not, addresses and what stands for them, forwarded ports. */
import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { paths } from '../../renderer/app/paths.ts'
import { defineTiny } from '../../test/e2e/support/tiny-machines.ts'
import { asUser, until } from '../../test/harness/index.ts'
import { startLan, type Lan } from '../../test/harness/lan.ts'
import { defineNetwork, forgetMachines, forgetNetwork, listed, machineAt, playAt, scene, session, system } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, field, type State, type Step } from './state.ts'

const alumna = asUser('alumna')
const root = asUser('root')
const name = 'aula-red'
const title = 'Alumno 1'
const MAC = '52:54:00:ca:fe:01'
const nets = ['red-nat-3', 'red-aislada-3', 'red-muy-aislada-3'] as const
let local: Lan | undefined
let holder: Server | undefined

const card = (source: object): object => ({ interface: { ...source, mac: { '@address': MAC }, model: { '@type': 'virtio' } } })
const onNetwork = (network: string): object => card({ '@type': 'network', source: { '@network': network } })

/** In user mode, in the session. */
async function inSession(shown: Shown): Promise<string> {
  const uuid = await defineTiny(alumna, name, title, { devices: card({ '@type': 'user' }) })
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await listed(shown, shown.subject.connection, uuid)
  machineAt(shown, uuid, 'details')
  return uuid
}
const forgetSession = async (): Promise<void> => {
  holder?.close()
  holder = undefined
  await forgetMachines(alumna, session, name)
}

/** Two forwards, of which one works: another program took the other's port while the machine was off. */
async function withPorts(shown: Shown): Promise<void> {
  const uuid = await inSession(shown)
  const machine = { connection: shown.subject.connection, uuid }
  const forwards = [[2_222, 22], [8_080, 80]] as const
  await shown.host.call('domain.set-port-forwards', {
    ...machine,
    mac: MAC,
    forwards: forwards.map(([hostPort, guestPort]) => ({ protocol: 'tcp', hostAddress: '127.0.0.1', hostPort, guestPort })),
  })
  await alumna.virsh(['-c', session, 'destroy', `--domain=${name}`])
  holder = createServer().listen(8_080, '127.0.0.1')
  await once(holder, 'listening')
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await until('the ports', 20_000, async () => {
    const [one] = await shown.host.call('domain.port-forwards', machine)
    return one?.forwards.some(({ state }) => state === 'failed') ? true : undefined
  })
}

/** On the system, with three networks, and plugged into one of them. */
async function onSystem(shown: Shown, devices: object): Promise<string> {
  await defineNetwork(nets[0], "<forward mode='nat'/><bridge name='virbr91'/><ip address='192.168.191.1' netmask='255.255.255.0'><dhcp><range start='192.168.191.2' end='192.168.191.254'/></dhcp></ip>")
  await defineNetwork(nets[1], "<bridge name='virbr92'/><ip address='192.168.192.1' netmask='255.255.255.0'/>")
  await defineNetwork(nets[2], "<bridge name='virbr93'/>")
  for (const net of nets.slice(1)) await root.virsh(['-c', system, 'net-start', `--network=${net}`])
  const uuid = await defineTiny(root, name, title, { devices })
  await root.virsh(['-c', system, 'start', `--domain=${name}`])
  await listed(shown, shown.subject.networks, uuid)
  playAt(paths.machine(shown.subject.networks, uuid, 'details'))
  return uuid
}
async function forgetSystem(): Promise<void> {
  await forgetMachines(root, system, name)
  for (const net of nets) {
    await root.exec(['virsh', '-q', '-c', system, 'net-destroy', `--network=${net}`])
    await forgetNetwork(net)
  }
  await local?.removeBridge('br0')
  await local?.stop()
  local = undefined
}
const on = (network: string) => async (shown: Shown): Promise<void> => void (await onSystem(shown, onNetwork(network)))

/** The host has a wired card, and br0 with it where that is wished. */
const onLan = (bridge: boolean) => async (shown: Shown): Promise<void> => {
  local = await startLan()
  if (bridge) await local.makeBridge('br0')
  await onSystem(shown, bridge ? card({ '@type': 'bridge', source: { '@bridge': 'br0' } }) : onNetwork(nets[1]))
}

async function pending(shown: Shown): Promise<void> {
  const uuid = await onSystem(shown, onNetwork(nets[1]))
  const connection = shown.subject.networks
  await shown.host.call('domain.change-interface', { connection, uuid, mac: MAC, change: { source: { type: 'user' }, model: 'e1000e' }, when: 'next-start' })
}

const own = `li[data-mac="${MAC}"]`
const cards: Step = { hover: css(own) }
const dialog: Step = { see: css('[role=dialog] form') }
const add: readonly Step[] = [{ click: button((words) => words.cards.add) }, dialog]
const change: readonly Step[] = [{ click: css(`${own} button[aria-label*="…"]`) }, dialog]
const kind = (source: string): Step => ({ click: css(`[role=dialog] [data-source=${source}] input[type=radio]`) })
const inUse = { address: scene, after: forgetSession } as const
const wired = { address: scene, after: forgetSystem, seldom: true } as const
const forwardIt: readonly Step[] = [{ click: button((words) => words.cards.ports.add) }, dialog]
const who: readonly Step[] = [{ choose: (words) => words.cards.ports.form.hostAddress }, { click: css('[role=option]:nth-child(2)') }]

export const cardStates = {
  'card-add': { ...inUse, before: async (shown) => void (await inSession(shown)), steps: add },
  'card-mac': {
    ...inUse,
    before: async (shown) => void (await inSession(shown)),
    steps: [...add, { fill: field((words) => words.cards.mac), text: '53:54:00:00:00:01' }, { see: css('[role=dialog] [class*=error]') }],
    seldom: true,
  },
  'card-user': { ...inUse, before: async (shown) => void (await inSession(shown)), steps: [cards], seldom: true },
  'ports-some': { ...inUse, before: withPorts, steps: [{ see: css('[data-forward][data-state=failed]') }, { hover: css('[data-forward][data-state=failed]') }] },
  'ports-add': { seldom: true, ...inUse, before: async (shown) => void (await inSession(shown)), steps: [...forwardIt, ...who] },
  'ports-refused': {
    ...inUse,
    before: async (shown) => void (await inSession(shown)),
    steps: [
      ...forwardIt,
      { fill: field((words) => words.cards.ports.form.hostPort), text: '80' },
      { click: css('[role=dialog] button[type=submit]') },
      { see: css('[role=dialog] [role=alert]'), within: 10_000 },
    ],
    seldom: true,
  },
  'card-add-system': { ...wired, before: onLan(true), steps: [...add, kind('network')] },
  'card-off-network': {
    ...wired,
    before: onLan(false),
    steps: [...change, { choose: (words) => words.cards.source.name.network }, { see: css(`[role=option][value=${nets[0]}]`) }],
  },
  'card-macvtap': { ...wired, before: onLan(false), steps: [...change, kind('direct'), { see: css('[role=dialog] [role=note]') }] },
  'card-device-taken': {
    ...wired,
    before: onLan(true),
    steps: [...change, kind('direct'), { choose: (words) => words.cards.source.name.direct }, { see: css('[role=option][value=enp1s0]') }],
  },
  'card-lan': { ...wired, before: onLan(true), steps: [cards] },
  'card-no-dhcp': { ...wired, before: on(nets[1]), steps: [cards] },
  'card-very-isolated': { ...wired, before: on(nets[2]), steps: [cards] },
  'card-pending': { ...wired, before: pending, steps: [cards] },
} as const satisfies Readonly<Record<string, State>>
