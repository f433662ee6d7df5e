/** What the matrix is tried on: a LAN, networks made by the app, guests on them; and that nothing of it stays. */
import { expect } from 'vitest'
import { createNetwork, networkHost } from '../../../electron/create/new-network.ts'
import { domainGet } from '../../../electron/libvirt/domain/index.ts'
import { networkLeases, networkList } from '../../../electron/libvirt/network/index.ts'
import type { Target } from '../../../electron/libvirt/target.ts'
import type { CardSource } from '../../../shared/model/card.ts'
import type { DomainAddress } from '../../../shared/model/domain.ts'
import type { NetworkPlan, PlannedKind } from '../../../shared/model/network-plan.ts'
import { summariseMachine, type SummaryLine } from '../../../shared/model/network-summary.ts'
import { proposeNetwork } from '../../../shared/model/network-proposal.ts'
import type { Network } from '../../../shared/model/network.ts'
import { asUser } from '../../harness/index.ts'
import { startLan, type Lan } from '../../harness/lan.ts'
import { bootOn, type NetworkGuest } from '../../harness/network-guest.ts'

export const target: Target = { uri: 'qemu:///system', connection: 'system' }
const root = asUser('root')

export const virsh = (...args: string[]): Promise<string> => root.virsh(['-c', target.uri, ...args])

export interface Stage {
  readonly lan: Lan
  /** Makes and starts a network as the app's form does, and gives it as the app reads it. */
  network(kind: PlannedKind, change: Partial<NetworkPlan>): Promise<Network>
  /** Starts the two guests "uno" and "dos" on it, at once. */
  boot(network: Network, options?: BootOptions): Promise<readonly [NetworkGuest, NetworkGuest]>
  /** Whatever is to be undone at the end. */
  later(undo: () => Promise<unknown>): void
  /** Undoes everything, whatever fails of it, and looks whether anything stayed. */
  end(): Promise<void>
}

export interface BootOptions {
  /** The first one has a channel for its agent. */
  readonly agent?: boolean
  /** Where the second one's card is plugged in without the network. */
  readonly second?: CardSource
}

/** Without its prefix. */
export const bare = (cidr: string): string => cidr.replace(/\/.*/, '')

export const macs = ['52:54:00:00:00:11', '52:54:00:00:00:12'] as const

export async function openStage(): Promise<Stage> {
  const before = await traces()
  const lan = await startLan()
  const undo: (() => Promise<unknown>)[] = [() => lan.stop()]
  const later = (one: () => Promise<unknown>): void => void undo.push(one)
  return {
    lan,
    later,
    network: async (kind, change) => {
      const networks = await networkList(target)
      const proposal = proposeNetwork(target.connection, kind, { networks, host: await networkHost(target, networks) }, false)
      const { uuid } = await createNetwork(target, { ...proposal, ...change })
      later(() => virsh('net-undefine', `--network=${uuid}`))
      later(() => root.exec(['virsh', '-q', '-c', target.uri, 'net-destroy', `--network=${uuid}`]))
      return networkOf(uuid)
    },
    boot: async (network, { agent, second } = {}) => {
      const card = { type: 'network', network: network.name } as const
      const [uno, dos] = await bootOn({ uno: { card, mac: macs[0], agent }, dos: { card: second ?? card, mac: macs[1] } })
      if (!uno || !dos) throw new Error('two were to start')
      for (const guest of [uno, dos]) later(() => guest.remove())
      return [uno, dos]
    },
    end: async () => {
      const faults: unknown[] = []
      for (const one of undo.reverse()) await one().catch((error: unknown) => faults.push(error))
      expect({ faults, traces: await traces() }).toEqual({ faults: [], traces: before })
    },
  }
}

export async function networkOf(uuid: string): Promise<Network> {
  const network = (await networkList(target)).find((one) => one.uuid === uuid)
  if (!network) throw new Error(`no network ${uuid}`)
  return network
}

/** What the app shows as the addresses of a guest's card. */
export async function shownOf(guest: NetworkGuest): Promise<readonly Pick<DomainAddress, 'address' | 'prefix' | 'origin'>[]> {
  const { addresses } = await domainGet(target, guest.uuid)
  return addresses.filter((one) => one.mac === guest.mac).map(({ address, prefix, origin }) => ({ address, prefix, origin }))
}

/** What the app sums up of a guest, for a report. */
export async function summaryOf(guest: NetworkGuest): Promise<SummaryLine> {
  const [line, ...more] = summariseMachine(await domainGet(target, guest.uuid), await networkList(target))
  if (line?.mac !== guest.mac || more.length > 0) throw new Error(`${guest.name} has one card`)
  return line
}

/** The guest's gateway and DNS server are those that the app tells of. */
export async function expectToldSettings(guest: NetworkGuest): Promise<void> {
  const { gateway, dns } = await summaryOf(guest)
  expect({ gateway, dns }).toEqual(await guest.settings())
}

/** Of a card that nobody gave an address, the app shows nothing, or what the host has seen of it; never another address. */
export async function expectNoneBut(guest: NetworkGuest, address: string): Promise<void> {
  for (const shown of await shownOf(guest)) expect([shown.origin, shown.address]).toEqual(['arp', address])
}

/** What the app shows as the network's lease of a guest. */
export async function leaseOf(network: Network, guest: NetworkGuest): Promise<string | undefined> {
  const lease = (await networkLeases(target, network.uuid)).find((one) => one.mac === guest.mac)
  return lease && `${lease.address}/${lease.prefix}`
}

/** What networks and machines could leave in the lab. Of macvtap its interfaces: /dev/tapN is shared with every lab beside it. */
async function traces(): Promise<string[]> {
  const host = async (...argv: string[]): Promise<string[]> => (await root.exec(argv)).stdout.split('\n')
  return [
    ...(await host('ip', '-brief', 'address')),
    ...(await host('ip', 'route')),
    ...(await host('iptables', '-S')).filter((rule) => rule.startsWith('-P')),
    ...(await host('virsh', '-q', '-c', target.uri, 'list', '--all')),
    ...(await host('virsh', '-q', '-c', target.uri, 'net-list', '--all')),
    ...(await host('pgrep', '--list-name', '--exact', 'dnsmasq|qemu-system-x86|qemu-system-x8')),
  ]
}
