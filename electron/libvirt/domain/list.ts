/** The machines of a connection, in two virsh processes and one more for leases. */
import { setImmediate as otherWork } from 'node:timers/promises'
import { AppError } from '../../../shared/model/error.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { isCode } from '../errors.ts'
import { uuidList, uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, virshReadOne, type Answer } from '../virsh.ts'
import { attr, child, parseTrusted, text, type XmlElement } from '../xml/document.ts'
import { knownAddresses, leaseBook, networksOf, type LeaseBook } from './addresses.ts'
import { readOsId } from './metadata.ts'
import { readConfig } from './read.ts'
import { readState, readStates, type StateAndReason } from './state.ts'

/** Facts that libvirt tells as lists of UUIDs. */
export interface DomainFlags {
  readonly autostart: ReadonlySet<string>
  readonly persistent: ReadonlySet<string>
  readonly saved: ReadonlySet<string>
}

const flagQueries = [
  ['list', '--all', '--uuid', '--autostart'],
  ['list', '--all', '--uuid', '--persistent'],
  ['list', '--all', '--uuid', '--with-managed-save'],
] as const

/** What one read of a machine needs; readParts takes the answers. */
export const partQueries = (uuid: string): string[][] => [
  ['dumpxml', `--domain=${uuid}`],
  ['domstats', '--raw', '--state', uuid],
]

/** Every machine, running or not. One that goes away meanwhile is left out. */
export async function domainList(target: Target): Promise<readonly DomainSummary[]> {
  return domainsByUuid(target, await domainUuids(target))
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

/** States of all machines come in one answer, documents in portions. */
async function manyDomains(target: Target, uuids: readonly string[]): Promise<readonly DomainSummary[]> {
  const [stats, ...flags] = await virshRead(target, [['domstats', '--raw', '--state'], ...flagQueries])
  const states = readStates(textOf(stats))
  const documents = (from: number): Promise<Answer[]> => {
    const reading = virshRead(target, uuids.slice(from, from + AT_ONCE).map((uuid) => ['dumpxml', `--domain=${uuid}`]))
    reading.catch(() => undefined) // told where it is waited for
    return reading
  }
  const parts: DomainParts[] = []
  let coming = documents(0)
  for (let from = 0; from < uuids.length; from += AT_ONCE) {
    const answers = await coming
    if (from + AT_ONCE < uuids.length) coming = documents(from + AT_ONCE)
    for (const [index, xml] of answers.entries()) {
      if (index % IN_ONE_GO === 0) await otherWork()
      const part = readParts(uuids[from + index] ?? '', [xml])
      // one that was made a moment ago has no state yet: its event reads it again
      if (part) parts.push({ ...part, state: states.get(nameOf(part.domain)) ?? part.state })
    }
  }
  return withLeases(target, parts, readFlags(flags))
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
export function readParts(uuid: string, answers: readonly Answer[]): DomainParts | undefined {
  const [xml, stats] = answers
  if (xml && !xml.ok && isCode(xml.error, 'not-found')) return undefined
  return { uuid, domain: parseTrusted(textOf(xml)), state: readState(stats?.ok ? stats.text : '') }
}

export function readFlags(answers: readonly Answer[]): DomainFlags {
  const [autostart, persistent, saved] = answers.map(uuidSet)
  return { autostart: autostart ?? new Set(), persistent: persistent ?? new Set(), saved: saved ?? new Set() }
}

async function withLeases(target: Target, parts: readonly DomainParts[], flags: DomainFlags): Promise<DomainSummary[]> {
  const leases = await leaseBook(target, parts.filter(isOn).flatMap(({ domain }) => networksOf(domain)))
  return parts.map((part) => summaryOf(target, part, flags, leases))
}

const isOn = ({ domain }: DomainParts): boolean => attr(domain, 'id') !== null

export function summaryOf(target: Target, { uuid, domain, state }: DomainParts, flags: DomainFlags, leases: LeaseBook): DomainSummary {
  const config = readConfig(domain)
  const id = attr(domain, 'id')
  return {
    connection: target.connection,
    uuid,
    name: nameOf(domain),
    title: config.title,
    id: id === null ? null : Number(id),
    ...state,
    saved: flags.saved.has(uuid),
    vcpus: config.vcpus,
    memoryKiB: config.memoryKiB,
    autostart: flags.autostart.has(uuid),
    persistent: flags.persistent.has(uuid),
    osId: readOsId(domain),
    addresses: id === null ? [] : knownAddresses(domain, leases),
    displays: config.graphics.map((one) => one.type),
    hasSerial: config.serials.length > 0 || child(domain, 'devices', 'console') !== undefined,
    networks: networksOf(domain),
    cards: config.interfaces.map(({ type, source, mac }) => ({ type, source, mac })),
  }
}

const nameOf = (domain: XmlElement): string => text(child(domain, 'name'), true)
