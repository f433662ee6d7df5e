/** What libvirt tells of all machines at once, without their documents: a row of the list each, not complete yet. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead, type Answer } from '../virsh.ts'
import { flagQueries, readFlags, type DomainFlags } from './flags.ts'
import { readStates, type StateAndReason } from './state.ts'

export interface Overview {
  /** In libvirt's order. */
  readonly uuids: readonly string[]
  /** By the machines' names. */
  readonly states: ReadonlyMap<string, StateAndReason>
  readonly flags: DomainFlags
  /** None where they were not asked for, and where the driver does not tell CPUs and memory (libvirt's test driver). */
  readonly rows: readonly DomainSummary[]
}

const queries = [['list', '--all', '--uuid', '--id', '--name'], ['domstats', '--raw', '--state'], ...flagQueries]

/**
 * All machines in one virsh process; where they are more than `few`, their rows by one more.
 * https://libvirt.org/manpages/virsh.html#domstats
 */
export async function domainOverview(target: Target, few = Number.POSITIVE_INFINITY): Promise<Overview> {
  const [list, states, ...flags] = await virshRead(target, queries)
  const listed = readList(textOf(list))
  const sizes = listed.length > few ? await readAllSizes(target, listed) : new Map<string, Size>()
  return overviewOf(target, { listed, states: readStates(textOf(states)), sizes, flags: readFlags(flags) })
}

/** A machine as `list` has it. */
interface Listed {
  readonly uuid: string
  readonly id: number | null
  readonly name: string
}

type Size = Pick<DomainSummary, 'vcpus' | 'memoryKiB'>

/** A name is what follows the number of a running machine, or "-", whole. */
const line = /^([0-9a-f-]{36}) (\d+|-) (.*)$/

export function readList(printed: string): readonly Listed[] {
  return printed.split('\n').flatMap((text) => {
    const [, uuid = '', id = '', name = ''] = line.exec(text) ?? []
    return uuid === '' ? [] : [{ uuid, id: id === '-' ? null : Number(id), name }]
  })
}

/**
 * By the machines' names. Of running ones `domstats` would ask each QEMU, and wait for ever for one that hangs; `dominfo`
 * tells what libvirt knows itself.
 */
async function readAllSizes(target: Target, listed: readonly Listed[]): Promise<ReadonlyMap<string, Size>> {
  const running = listed.filter(({ id }) => id !== null)
  const queriesOfSizes = [['domstats', '--raw', '--vcpu', '--balloon', '--list-inactive'], ...running.map(({ uuid }) => ['dominfo', `--domain=${uuid}`])]
  const [off, ...infos] = await virshRead(target, queriesOfSizes)
  return new Map([...readSizes(off?.ok ? off.text : ''), ...running.flatMap(({ name }, index) => sizeOf(name, infos[index]))])
}

function sizeOf(name: string, answer: Answer | undefined): (readonly [string, Size])[] {
  const size = answer?.ok ? readInfo(answer.text) : null
  return size ? [[name, size]] : []
}

/** `dominfo`; null where it does not say. */
export function readInfo(printed: string): Size | null {
  const vcpus = /^CPU\(s\):\s+(\d+)/m.exec(printed)?.[1]
  const memory = /^Used memory:\s+(\d+) KiB/m.exec(printed)?.[1]
  return vcpus === undefined || memory === undefined ? null : { vcpus: Number(vcpus), memoryKiB: Number(memory) }
}

interface Told extends Pick<Overview, 'states' | 'flags'> {
  readonly listed: readonly Listed[]
  readonly sizes: ReadonlyMap<string, Size>
}

export function overviewOf({ connection }: Pick<Target, 'connection'>, { listed, states, sizes, flags }: Told): Overview {
  const rows = listed.flatMap(({ uuid, id, name }): DomainSummary[] => {
    const [state, size] = [states.get(name), sizes.get(name)]
    if (!state || !size) return []
    const [autostart, persistent, saved] = [flags.autostart, flags.persistent, flags.saved].map((set) => set.has(uuid))
    return [{ ...unknown, connection, uuid, id, name, ...state, ...size, autostart: autostart ?? false, persistent: persistent ?? false, saved: saved ?? false }]
  })
  return { uuids: listed.map(({ uuid }) => uuid), states, flags, rows }
}

/** What only the document tells. */
const unknown = {
  complete: false,
  title: null,
  osId: null,
  addresses: [],
  displays: [],
  hasSerial: false,
  networks: [],
  cards: [],
} as const

export function readSizes(stats: string): ReadonlyMap<string, Size> {
  const blocks = stats.split(/^Domain: /m).slice(1)
  return new Map(
    blocks.flatMap((block) => {
      const name = /^'(.*)'$/m.exec(block)?.[1]
      const vcpus = /^\s*vcpu\.current=(\d+)/m.exec(block)?.[1]
      const memory = /^\s*balloon\.current=(\d+)/m.exec(block)?.[1]
      return name === undefined || vcpus === undefined || memory === undefined ? [] : [[name, { vcpus: Number(vcpus), memoryKiB: Number(memory) }] as const]
    }),
  )
}
