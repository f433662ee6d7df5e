/** The machines of a connection, in two virsh processes and one more for leases. */
import { setImmediate as otherWork } from 'node:timers/promises'
import { AppError } from '../../../shared/model/error.ts'
import { extraOf } from '../../../shared/model/card-extras.ts'
import type { DomainCard, DomainInterface, DomainSummary } from '../../../shared/model/domain.ts'
import type { NetworkLease } from '../../../shared/model/network.ts'
import { isCode } from '../errors.ts'
import { uuidList } from '../lists.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne, type Answer } from '../virsh.ts'
import { attr, child, children, parseTrusted, text, type XmlElement } from '../xml/document.ts'
import { knownAddresses, leaseBook, networksOf, type LeaseBook } from './addresses.ts'
import { readGraphics } from './devices/graphics.ts'
import { readInterface } from './devices/interface.ts'
import { flagQueries, readFlags, type DomainFlags } from './flags.ts'
import { readOsId } from './metadata.ts'
import { readSizes, readTitle } from './read.ts'
import { domainOverview, type Overview } from './rows.ts'
import { readState, type StateAndReason } from './state.ts'
import { withoutUnlisted } from './unlisted.ts'

/** What one read of a machine needs; readParts takes the answers. */
export const partQueries = (uuid: string): string[][] => [
  ['dumpxml', `--domain=${uuid}`],
  ['domstats', '--raw', '--state', uuid],
]

/** Who is told while the list is read, and whether it is still wanted. */
export interface Listening {
  /** All machines, before their documents are read: none of them is complete. Only where there are many. */
  onRows(rows: readonly DomainSummary[]): void
  /** Some of them, complete. */
  onSome(domains: readonly DomainSummary[]): void
  readonly signal: AbortSignal
}

/** Fewer machines are told at once, when all is read. */
const MANY = 50

/**
 * Every machine, running or not; one that goes away meanwhile is left out. What libvirt tells of all at once comes first,
 * the documents then in portions. Errors: cancelled.
 */
export async function domainList(target: Target, listening?: Listening): Promise<readonly DomainSummary[]> {
  const { rows, ...overview } = await domainOverview(target, MANY)
  if (rows.length > MANY) listening?.onRows(rows)
  return documents(target, overview, rows.length > MANY ? listening : undefined)
}

export async function domainUuids(target: Target): Promise<readonly string[]> {
  return uuidList(await virshReadOne(target, ['list', '--all', '--uuid']))
}

/** These machines as the list shows them; those that are not (or no longer) there are left out. */
export async function domainsByUuid(target: Target, uuids: readonly string[]): Promise<readonly DomainSummary[]> {
  if (uuids.length === 0) return []
  if (uuids.length > FEW) return manyDomains(target, uuids)
  const answers = await virshRead(target, [...flagQueries, ...uuids.flatMap(partQueries)])
  const first = flagQueries.length
  const parts = uuids.flatMap((uuid, index) => readParts(uuid, answers.slice(first + index * 2, first + index * 2 + 2)) ?? [])
  return withLeases(target, parts, readFlags(answers.slice(0, first)))
}

/** Up to so many machines are read by one virsh process, each with its state. */
const FEW = 10
/** Of more, documents read by one process; while the next one runs, these are parsed. */
const AT_ONCE = 150
/** Parsed in one go, before virsh's output is looked at again: it would wait for us with a full pipe. */
const IN_ONE_GO = 10

/** States of all machines come in one answer. */
async function manyDomains(target: Target, uuids: readonly string[]): Promise<readonly DomainSummary[]> {
  const { states, flags } = await domainOverview(target)
  return documents(target, { uuids, states, flags })
}

/** Reads the machines' documents in portions: while the next ones are read, these are parsed. */
async function documents(target: Target, known: Omit<Overview, 'rows'>, listening?: Listening): Promise<readonly DomainSummary[]> {
  const { uuids, states, flags } = known
  const leases = leaseReader(target)
  const read = (from: number): Promise<Answer[]> => {
    listening?.signal.throwIfAborted()
    const reading = virshRead(target, uuids.slice(from, from + AT_ONCE).map((uuid) => ['dumpxml', `--domain=${uuid}`]), { signal: listening?.signal })
    reading.catch(() => undefined) // told where it is waited for
    return reading
  }
  const domains: DomainSummary[] = []
  let coming = read(0)
  for (let from = 0; from < uuids.length; from += AT_ONCE) {
    const answers = await coming
    if (from + AT_ONCE < uuids.length) coming = read(from + AT_ONCE)
    const parts: DomainParts[] = []
    for (const [index, xml] of answers.entries()) {
      if (index % IN_ONE_GO === 0) await otherWork()
      const part = readParts(uuids[from + index] ?? '', [xml], (document) => parseTrusted(withoutUnlisted(document)))
      // one that was made a moment ago has no state yet: its event reads it again
      if (part) parts.push({ ...part, state: states.get(nameOf(part.domain)) ?? part.state })
    }
    const book = await leases(parts.filter(isOn).flatMap(({ domain }) => networksOf(domain)))
    const some = parts.map((part) => summaryOf(target, part, flags, book))
    listening?.onSome(some)
    domains.push(...some)
  }
  return domains
}

/** One machine as the list shows it. Errors: not-found. */
export async function domainSummary(target: Target, uuid: string): Promise<DomainSummary> {
  const [summary] = await domainsByUuid(target, [uuid])
  if (!summary) throw new AppError('not-found', { uuid }, `no machine ${uuid}`)
  return summary
}

export interface DomainParts {
  readonly uuid: string
  readonly domain: XmlElement
  readonly state: StateAndReason
}

/** Undefined where the machine is gone; other failures are thrown. */
export function readParts(uuid: string, answers: readonly Answer[], parse = parseTrusted): DomainParts | undefined {
  const [xml, stats] = answers
  if (xml && !xml.ok && isCode(xml.error, 'not-found')) return undefined
  return { uuid, domain: parse(textOf(xml)), state: readState(stats?.ok ? stats.text : '') }
}

async function withLeases(target: Target, parts: readonly DomainParts[], flags: DomainFlags): Promise<DomainSummary[]> {
  const leases = await leaseBook(target, parts.filter(isOn).flatMap(({ domain }) => networksOf(domain)))
  return parts.map((part) => summaryOf(target, part, flags, leases))
}

const isOn = ({ domain }: DomainParts): boolean => attr(domain, 'id') !== null

export function summaryOf(target: Target, { uuid, domain, state }: DomainParts, flags: DomainFlags, leases: LeaseBook): DomainSummary {
  const { vcpus, memoryKiB } = readSizes(domain)
  const devices = child(domain, 'devices')
  const displays = children(devices, 'graphics').map(readGraphics).filter((one) => one !== null)
  const id = attr(domain, 'id')
  return {
    connection: target.connection,
    uuid,
    complete: true,
    name: nameOf(domain),
    title: readTitle(domain),
    id: id === null ? null : Number(id),
    ...state,
    saved: flags.saved.has(uuid),
    vcpus,
    memoryKiB,
    autostart: flags.autostart.has(uuid),
    persistent: flags.persistent.has(uuid),
    osId: readOsId(domain),
    addresses: id === null ? [] : knownAddresses(domain, leases),
    displays: displays.map((one) => one.type),
    hasSerial: child(devices, 'serial') !== undefined || child(devices, 'console') !== undefined,
    networks: networksOf(domain),
    cards: children(devices, 'interface').map(readInterface).map(cardOf),
  }
}

/** Reads the leases of a network once, however often they are asked for. */
function leaseReader(target: Target): (networks: readonly string[]) => Promise<LeaseBook> {
  const known = new Map<string, readonly NetworkLease[]>()
  return async (networks) => {
    const book = await leaseBook(target, networks.filter((name) => !known.has(name)))
    for (const [name, leases] of book) known.set(name, leases)
    return known
  }
}

const nameOf = (domain: XmlElement): string => text(child(domain, 'name'), true)

function cardOf(card: DomainInterface): DomainCard {
  const { type, source, mac, passt } = card
  const mode = extraOf(card, 'mode')
  return { type, source, mac, ...(passt ? { passt } : {}), ...(mode === null ? {} : { mode }) }
}
