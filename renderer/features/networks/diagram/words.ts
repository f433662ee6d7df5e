/** A network's picture in words: what stands in its boxes, and all of it in sentences. */
import type { TFunction } from 'i18next'
import type { Network } from '../../../../shared/model/network.ts'
import { exampleAddress } from '../../../../shared/model/network-machines.ts'
import { betweenMachines, hasDhcp } from '../../../../shared/model/reach.ts'
import { formatList } from '../../../ui/format.ts'
import { stateWord } from '../../machines/index.ts'
import { staticPattern, subnetsText } from '../words.ts'
import type { Layout } from './layout.ts'
import type { Scene, SceneMachine } from './scene.ts'

/** The device that traffic leaves by: the one that is named, or the host's own way out where that is known. */
export interface WayOut {
  readonly device: string | null
  /** The device of the host's default route. */
  readonly now: string | null
}

/** "Running · 192.168.122.41"; of a machine that is off only that it is. */
export function machineText(t: TFunction, machine: SceneMachine): string {
  const state = stateWord(t, machine.domain)
  if (!machine.running) return state
  const address = addressWord(t, machine)
  return address === null ? state : `${state} · ${address}`
}

/** The lines under a machine's name: state and address in one or in two; where there is room for a word only, the address, else the state. */
export function machineLines(t: TFunction, machine: SceneMachine, lines: Layout['lines']): readonly string[] {
  const state = stateWord(t, machine.domain)
  if (lines === 'one') return [(machine.running ? machine.addresses[0] : undefined) ?? state]
  if (lines === 'two') return [machineText(t, machine)]
  const address = machine.running ? addressWord(t, machine) : null
  return address === null ? [state] : [state, address]
}

/** Its address, or in a few words why there is none; null where there is nothing to say. */
export function addressWord(t: TFunction, { addresses, noAddress }: SceneMachine): string | null {
  const [first] = addresses
  if (first !== undefined) return addresses.length === 1 ? first : formatList(addresses)
  if (noAddress === 'waiting' || noAddress === 'static' || noAddress === 'lan' || noAddress === 'unknown') return t(`networks:at.${noAddress}`)
  return null
}

/** What the host does, in the two lines of its box: how it passes packets on, and what it serves. */
export function hostLines(t: TFunction, network: Network, scene: Scene): readonly string[] {
  if (network.kind === 'bridge') return [t('networks:diagram.onBridge')]
  if (!scene.host) return [network.kind === 'very-isolated' ? t('networks:diagram.noAddress') : t('networks:diagram.notReached')]
  const nat = scene.roles.includes('nat')
  const way = scene.roles.includes('router') ? [nat ? t('networks:diagram.routerNat') : t('networks:diagram.router')] : []
  const served = scene.roles.filter((role) => role === 'dhcp' || role === 'dns').map((role) => t(`networks:role.${role}`))
  return [...way, ...(served.length > 0 ? [served.join(' · ')] : []), ...scene.addresses]
}

/** "via enp1s0". */
export function wayText(t: TFunction, { device, now }: WayOut): string {
  if (device !== null) return t('networks:diagram.via', { device })
  return now === null ? t('networks:diagram.viaAny') : t('networks:diagram.via', { device: now })
}

function waySentence(t: TFunction, { device, now }: WayOut): string {
  if (device !== null) return t('networks:diagram.words.device', { device })
  return now === null ? t('networks:diagram.words.anyDevice') : t('networks:diagram.words.anyDeviceNow', { device: now })
}

/** What the network does; a sentence that says that machines reach each other has a second form for those that do not. */
function kindSentence(t: TFunction, network: Network, way: WayOut): string {
  const { kind } = network
  if ((kind === 'isolated' || kind === 'very-isolated') && betweenMachines(network.extras) !== 'yes') return t(`networks:diagram.apart.${kind}`)
  return t(`networks:diagram.words.${kind}`, {
    device: kind === 'macvtap' ? (network.forwardDevice ?? '') : waySentence(t, way),
    bridge: network.bridge ?? '',
    subnets: subnetsText(network) || '–',
  })
}

/** What the picture shows, one sentence each; the machines themselves are listed below it. */
export function sentences(t: TFunction, network: Network, scene: Scene, way: WayOut): readonly string[] {
  return [
    ...(network.active ? [] : [t('networks:diagram.off')]),
    kindSentence(t, network, way),
    ...apartSentence(t, network),
    ...hostSentence(t, network, scene),
    ...addressSentence(t, network),
    t('networks:diagram.words.machines', { count: scene.machines.length }),
  ]
}

/** Where machines of it do not simply reach each other. */
function apartSentence(t: TFunction, { extras }: Network): readonly string[] {
  const between = betweenMachines(extras)
  return between === 'yes' ? [] : [t(`networks:diagram.apart.${between}`)]
}

function hostSentence(t: TFunction, network: Network, scene: Scene): readonly string[] {
  if (scene.shape === 'lan') return []
  const bridge = network.bridge === null ? [] : [t('networks:diagram.words.bridgeOf', { bridge: network.bridge })]
  if (scene.addresses.length === 0) return bridge
  const routes = scene.roles.includes('router')
  const roles = [...(routes ? [t('networks:role.gateway')] : []), ...scene.roles.filter((role) => role === 'dhcp' || role === 'dns').map((role) => t(`networks:role.${role}`))]
  const addresses = formatList(scene.addresses)
  const host = roles.length > 0 ? t('networks:diagram.words.host', { addresses, roles: formatList(roles) }) : t('networks:diagram.words.hostOnly', { addresses })
  return [...bridge, host]
}

/** Who gives addresses where this host does not. */
function addressSentence(t: TFunction, network: Network): readonly string[] {
  if (network.kind === 'bridge' || network.kind === 'macvtap') return [t('networks:diagram.words.lan')]
  const example = exampleAddress(network)
  if (hasDhcp(network) || example === null) return []
  const pattern = staticPattern(network)
  return [pattern === null ? t('networks:diagram.words.anySubnet', { example }) : t('networks:diagram.words.static', { pattern, example })]
}
