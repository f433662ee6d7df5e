/** Pure rules of a machine's network cards: what one can be plugged into here, and when a change takes effect. */
import type { CardChange, CardSource } from './card.ts'
import type { Connection } from './connection.ts'
import { displayName } from './domain-rules.ts'
import type { DomainInterface, DomainSummary } from './domain.ts'
import type { BridgeHelper, HostNetworking } from './host-networking.ts'
import { isReferable } from './network-rules.ts'
import { sameMac } from './network-machines.ts'
import type { Network } from './network.ts'

export const sourceTypes = ['network', 'bridge', 'direct', 'user'] as const
export type SourceType = (typeof sourceTypes)[number]

/** Why a kind of source, or one of it, cannot be chosen here; the sentence is `cards:source.why.<code>`. */
export interface SourceObstacle {
  readonly code:
    | 'session-networks'
    | 'session-macvtap'
    | 'no-networks'
    | 'no-bridges'
    | 'no-devices'
    | 'helper-missing'
    | 'helper-not-setuid'
    | 'helper-list'
    | 'helper-forbids'
    | 'name-unusable'
    | 'in-a-bridge'
    | 'device-is-bridge'
  readonly params: Readonly<Record<string, string>>
}

/** One network, bridge or device. */
export interface SourceEntry {
  readonly name: string
  readonly obstacle: SourceObstacle | null
  /** starts: a network that is off, which is started too; down: the bridge or device is off; wireless: most access points let no further MAC through. */
  readonly note: 'starts' | 'down' | 'wireless' | null
  /** Of a virtual network its kind. */
  readonly kind?: Network['kind']
}

export interface SourceChoice {
  readonly type: SourceType
  /** Why the whole kind is off. */
  readonly obstacle: SourceObstacle | null
  /** Those that there are; null where they are not known and the name is typed. */
  readonly entries: readonly SourceEntry[] | null
  /** There may be more than these: another name can be typed. */
  readonly open?: boolean
  /** User mode can be passt's. */
  readonly passt?: boolean
}

type Place = Pick<Connection, 'kind' | 'uri'>

type KnownNetwork = Pick<Network, 'name' | 'active' | 'kind'>

/** The user's own libvirt, here or on another computer: it may make no bridge and no tap device. */
export const isSession = ({ kind, uri }: Place): boolean => kind === 'session' || /^qemu[^?#]*\/session(?:[?#]|$)/i.test(uri)

/**
 * What a card can be plugged into on a connection; `host` is null where this app cannot look at its host (then names of
 * bridges and devices are typed). https://wiki.qemu.org/Features/HelperNetworking
 */
export function sourceChoices(connection: Place, networks: readonly KnownNetwork[], host: HostNetworking | null): readonly SourceChoice[] {
  const session = isSession(connection)
  return [networkChoice(session, networks), bridgeChoice(session, host), deviceChoice(session, host), { type: 'user', obstacle: null, entries: [] }]
}

function networkChoice(session: boolean, networks: readonly KnownNetwork[]): SourceChoice {
  const obstacle = session ? why('session-networks') : networks.length === 0 ? why('no-networks') : null
  const entries = networks.map((network): SourceEntry => ({
    name: network.name,
    obstacle: isReferable(network.name) ? null : why('name-unusable'),
    note: network.active ? null : 'starts',
    kind: network.kind,
  }))
  return { type: 'network', obstacle, entries }
}

function bridgeChoice(session: boolean, host: HostNetworking | null): SourceChoice {
  if (!host) return { type: 'bridge', obstacle: null, entries: null }
  const entries = host.bridges.map((bridge): SourceEntry => ({
    name: bridge.name,
    obstacle: session ? forbidden(host.helper, bridge.name) : null,
    note: bridge.up ? null : 'down',
  }))
  if (host.told === 'libvirt') return untold('bridge', entries)
  const obstacle = (session ? helperObstacle(host.helper) : null) ?? (entries.length === 0 ? why('no-bridges') : null)
  return { type: 'bridge', obstacle, entries }
}

/** What libvirt tells of another computer is not all that is there: other names can be typed. */
const untold = (type: SourceType, entries: readonly SourceEntry[]): SourceChoice => ({ type, obstacle: null, ...(entries.length === 0 ? { entries: null } : { entries, open: true }) })

/** What keeps QEMU of a session from every bridge; of another computer's nothing is known. */
function helperObstacle(helper: BridgeHelper | null): SourceObstacle | null {
  if (helper === null) return null
  const { path, setuid, list, allowed } = helper
  if (path === null) return why('helper-missing', { list })
  if (!setuid) return why('helper-not-setuid', { path })
  return allowed === null || allowed.length === 0 ? why('helper-list', { list }) : null
}

function forbidden(helper: BridgeHelper | null, bridge: string): SourceObstacle | null {
  if (helper === null) return null
  const { list, allowed } = helper
  const names = allowed ?? []
  return names.includes(bridge) || names.includes('all') ? null : why('helper-forbids', { list, bridge, allowed: names.join(', ') })
}

function deviceChoice(session: boolean, host: HostNetworking | null): SourceChoice {
  if (session) return { type: 'direct', obstacle: why('session-macvtap'), entries: [] }
  if (!host) return { type: 'direct', obstacle: null, entries: null }
  const entries = host.devices
    // not what libvirt itself has made: its networks' bridges and the machines' ends of their cards
    .filter(({ kind, name }) => kind === 'wired' || kind === 'wireless' || kind === 'other' || host.bridges.some((bridge) => bridge.name === name))
    .map((device): SourceEntry => {
      const obstacle = device.master !== null ? why('in-a-bridge', { bridge: device.master }) : device.kind === 'bridge' ? why('device-is-bridge') : null
      return { name: device.name, obstacle, note: device.kind === 'wireless' ? 'wireless' : device.up ? null : 'down' }
    })
  if (host.told === 'libvirt') return untold('direct', entries)
  return { type: 'direct', obstacle: entries.length === 0 ? why('no-devices') : null, entries }
}

/** Whether a source can be chosen: `missing` where there is none of that name. Names that are typed are anything but empty. */
export function whyNotSource(source: CardSource, choices: readonly SourceChoice[]): SourceObstacle | 'missing' | null {
  const choice = choices.find((one) => one.type === source.type)
  if (!choice) return 'missing'
  const name = sourceName(source)
  if (choice.obstacle?.code === 'no-networks' || choice.obstacle?.code === 'no-bridges' || choice.obstacle?.code === 'no-devices') return 'missing'
  if (choice.obstacle !== null || name === null) return choice.obstacle
  if (choice.entries === null) return name.trim() === '' ? 'missing' : null
  const entry = choice.entries.find((one) => one.name === name)
  if (!entry && choice.open) return name.trim() === '' ? 'missing' : null
  return entry ? entry.obstacle : 'missing'
}

const why = (code: SourceObstacle['code'], params: Readonly<Record<string, string>> = {}): SourceObstacle => ({ code, params })

/** The source of a type and a name. */
export function sourceOf(type: SourceType, name: string): CardSource {
  switch (type) {
    case 'network':
      return { type, network: name }
    case 'bridge':
      return { type, bridge: name }
    case 'direct':
      return { type, device: name }
    case 'user':
      return { type }
  }
}

const isPasst = (source: CardSource): boolean => source.type === 'user' && source.passt === true

/** Name of what a source is plugged into; null in user mode. */
export function sourceName(source: CardSource): string | null {
  return source.type === 'network' ? source.network : source.type === 'bridge' ? source.bridge : source.type === 'direct' ? source.device : null
}

export type MacFinding = { readonly code: 'form' | 'multicast' | 'zero' } | { readonly code: 'duplicate'; readonly machine: string }

/**
 * What is wrong with a MAC: null where nothing is. A duplicate is a warning: machines that never run together may share
 * one. `cards:mac.<code>`
 */
export function checkMac(mac: string, machines: readonly DomainSummary[], own: { readonly uuid: string; readonly mac: string | null }): MacFinding | null {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) return { code: 'form' }
  if (/^[0-9a-f][13579bdf]/i.test(mac)) return { code: 'multicast' }
  if (/^(00:){5}00$/.test(mac)) return { code: 'zero' }
  const other = machines.find((machine) =>
    machine.cards.some((card) => sameMac(card.mac, mac) && !(machine.uuid === own.uuid && sameMac(card.mac, own.mac))),
  )
  return other ? { code: 'duplicate', machine: displayName(other) } : null
}

/** Two blanks, dashes and capitals are taken as they are meant: "52-54-00-AA-BB-CC" is 52:54:00:aa:bb:cc. */
export const plainMac = (typed: string): string => typed.trim().replaceAll('-', ':').toLowerCase()

/** What libvirt makes of a source on the host: only between taps on bridges can a running card change. */
function wiring(type: string, name: string | null, networks: readonly Pick<Network, 'name' | 'kind'>[]): 'tap' | 'macvtap' | 'other' {
  if (type === 'bridge') return 'tap'
  if (type === 'direct') return 'macvtap'
  if (type !== 'network') return 'other'
  const kind = networks.find((network) => network.name === name)?.kind
  return kind === 'macvtap' ? 'macvtap' : kind === 'other' ? 'other' : 'tap'
}

/**
 * Whether libvirt can give the change to the running card (`now`), or only by taking it out and putting it in again
 * (`replug`); null where nothing changes. https://libvirt.org/formatdomain.html#modifying-virtual-link-state and
 * qemuDomainChangeNet of libvirt's source.
 */
export function wayOfChange(card: DomainInterface, change: CardChange, networks: readonly Pick<Network, 'name' | 'kind'>[]): 'now' | 'replug' | null {
  const name = change.source ? sourceName(change.source) : card.source
  const moved = change.source !== undefined && (change.source.type !== card.type || name !== card.source || isPasst(change.source) !== (card.passt ?? false))
  const model = change.model !== undefined && change.model !== card.model
  const mac = change.mac !== undefined && !sameMac(change.mac, card.mac)
  const link = change.linkUp !== undefined && change.linkUp !== card.linkUp
  if (model || mac) return 'replug'
  if (moved && change.source) {
    const taps = [wiring(card.type, card.source, networks), wiring(change.source.type, name, networks)]
    return taps.every((one) => one === 'tap') ? 'now' : 'replug'
  }
  return link ? 'now' : null
}
