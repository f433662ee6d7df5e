/** A row of the matrix, as the wire says it: every cell is tried, and what says no does so while the rest of the LAN answers. */
import type { NetworkReach, Reach } from '../../../shared/model/reach.ts'
import { lan as place, type Lan } from '../../harness/lan.ts'
import type { NetworkGuest, Reached } from '../../harness/network-guest.ts'
import type { Answer } from '../../harness/station.ts'

export interface Scene {
  readonly lan: Lan
  readonly guests: readonly [NetworkGuest, NetworkGuest]
  /** Of the guests, without their prefix. */
  readonly addresses: readonly [string, string]
  /** Where the guests look for the host: its address on their network, or what it would be. */
  readonly host: string
  /** The network's addresses; null where it has the LAN's. */
  readonly subnet: string | null
  /** A name that the host's DNS knows on this network. */
  readonly hostsName: string
}

export interface MeasuredReach extends NetworkReach {
  /** The address that the outside saw the first guest come from; null where it saw nobody. */
  readonly seenAs: string | null
}

export async function measureReach(scene: Scene): Promise<MeasuredReach> {
  const { lan, subnet } = scene
  if (subnet !== null) await lan.route(subnet, true)
  const usual = await settled(() => exchange(scene))
  const conditions = subnet === null || (!usual.outside && !usual.inbound) ? null : await underConditions(scene, subnet)
  const dhcp = await measureDhcp(scene)
  return {
    dhcp,
    dns: await measureDns(scene),
    outside: conditions?.outside ?? yesNo(usual.outside),
    inbound: conditions?.inbound ?? yesNo(usual.inbound),
    host: yesNo(usual.host),
    machines: yesNo(usual.machines),
    setup: dhcp === 'yes' ? 'dynamic' : dhcp === 'lan' ? 'lan' : 'static',
    seenAs: usual.seenAs,
  }
}

const yesNo = (is: boolean): Reach => (is ? 'yes' : 'no')

/** Everybody asks everybody, while host and outside, which can always, ask each other. */
async function exchange({ lan, guests: [uno, dos], addresses: [first, second], host }: Scene) {
  const [ofUno, ofDos, fromHost, fromOutside, ...control] = await Promise.all([
    uno.reach(second, host, place.router, place.internet),
    dos.reach(first, host, place.router, place.internet),
    Promise.all([lan.host.ask(first), lan.host.ask(second)]),
    Promise.all([lan.outside.ask(first), lan.outside.ask(second)]),
    lan.host.ask(place.router),
    lan.outside.ask(place.host),
  ])
  agreed('the LAN itself', [by(control[0], 'outside'), by(control[1], 'host'), true])
  const both = (address: string, name: string): boolean[] => [ofUno, ofDos].flatMap((of) => reached(of, address, name))
  const named = (answers: readonly Answer[]): boolean[] => [by(answers[0], 'uno'), by(answers[1], 'dos')]
  const internet = ofUno.get(place.internet)?.tcp
  return {
    machines: agreed('guest to guest', [...reached(ofUno, second, 'dos'), ...reached(ofDos, first, 'uno')]),
    host: agreed('guests and host', [...both(host, 'host'), ...named(fromHost)]),
    outside: agreed('guests to the outside', [...both(place.router, 'outside'), ...both(place.internet, 'outside')]),
    inbound: agreed('outside to the guests', named(fromOutside)),
    seenAs: internet && 'seenAs' in internet ? internet.seenAs : null,
  }
}

/** The same to and from the outside, once where the host passes nothing on by itself, once where the router knows no way back. */
async function underConditions({ lan, guests: [uno], addresses: [first] }: Scene, subnet: string): Promise<{ outside: Reach; inbound: Reach }> {
  const attempt = async (): Promise<{ outside: boolean; inbound: boolean }> => {
    const [answers, inward] = await Promise.all([uno.reach(place.router, place.internet), lan.outside.ask(first)])
    const outside = [place.router, place.internet].flatMap((address) => reached(answers, address, 'outside'))
    return { outside: agreed('guest to the outside', outside), inbound: by(inward, 'uno') }
  }
  const without = async (set: (there: boolean) => Promise<void>) => {
    await set(false)
    return settled(attempt).finally(() => set(true))
  }
  const unforwarded = await without((there) => lan.hostForwards(there ? 'ACCEPT' : 'DROP'))
  const unrouted = await without((there) => lan.route(subnet, there))
  const usual = await settled(attempt)
  const word = (way: 'outside' | 'inbound'): Reach => {
    if (!usual[way]) return 'no'
    if (!unforwarded[way]) return 'as-host-forwards'
    return unrouted[way] ? 'yes' : 'by-router'
  }
  return { outside: word('outside'), inbound: word('inbound') }
}

/** From the host's or the LAN's server: they give from ranges of their own. */
async function measureDhcp({ guests: [uno], addresses: [first] }: Scene): Promise<Reach> {
  if (!(await uno.isOffered())) return 'no'
  return place.lease.test(first) ? 'lan' : 'yes'
}

async function measureDns({ guests: [uno], host, hostsName }: Scene): Promise<Reach> {
  if ((await uno.lookUp(hostsName, host)) !== null) return 'yes'
  return (await uno.lookUp(place.name, place.router)) === place.router ? 'lan' : 'no'
}

const by = (answer: Answer | undefined, name: string): boolean => answer !== undefined && 'by' in answer && answer.by === name

/** Again where answers differ: on a busy computer one may come too late. */
const settled = <T>(ask: () => Promise<T>): Promise<T> => ask().catch(ask).catch(ask).catch(ask)

/** By TCP and by ping; another one's answer is no answer. */
function reached(answers: ReadonlyMap<string, Reached>, address: string, name: string): [boolean, boolean] {
  const answer = answers.get(address)
  return [by(answer?.tcp, name), answer?.ping === true]
}

/** What all say; throws where some say yes and some no, which no row of the matrix means. */
function agreed(what: string, answers: readonly boolean[]): boolean {
  const [first] = answers
  if (first === undefined || answers.some((one) => one !== first)) throw new Error(`${what}: ${answers.join(', ')}`)
  return first
}
