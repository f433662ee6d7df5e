/** What libvirt tells of all machines at once, without their documents: a row of the list each, not complete yet. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead } from '../virsh.ts'
import { flagQueries, readFlags, type DomainFlags } from './flags.ts'
import { readStates, type StateAndReason } from './state.ts'

export interface Overview {
  /** In libvirt's order. */
  readonly uuids: readonly string[]
  /** By the machines' names. */
  readonly states: ReadonlyMap<string, StateAndReason>
  readonly flags: DomainFlags
  /** None where the driver does not tell CPUs and memory (libvirt's test driver). */
  readonly rows: readonly DomainSummary[]
}

const queries = [
  ['list', '--all', '--uuid', '--id', '--name'],
  ['domstats', '--raw', '--state'],
  // a machine that is busy with something long is not waited for
  ['domstats', '--raw', '--vcpu', '--balloon', '--nowait'],
  ...flagQueries,
]

/** All machines in one virsh process. https://libvirt.org/manpages/virsh.html#domstats */
export async function domainOverview(target: Target): Promise<Overview> {
  const [list, states, sizes, ...flags] = await virshRead(target, queries)
  return readOverview(target, { list: textOf(list), states: textOf(states), sizes: sizes?.ok ? sizes.text : '' }, readFlags(flags))
}

/** A name is what follows the number of a running machine, or "-", whole. */
const line = /^([0-9a-f-]{36}) (\d+|-) (.*)$/

/** What virsh printed for the first three. */
export type Printed = Readonly<Record<'list' | 'states' | 'sizes', string>>

export function readOverview({ connection }: Pick<Target, 'connection'>, printed: Printed, flags: DomainFlags): Overview {
  const states = readStates(printed.states)
  const sizes = readSizes(printed.sizes)
  const listed = printed.list.split('\n').flatMap((text) => {
    const [, uuid = '', id = '', name = ''] = line.exec(text) ?? []
    return uuid === '' ? [] : [{ uuid, id: id === '-' ? null : Number(id), name }]
  })
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

function readSizes(stats: string): ReadonlyMap<string, Pick<DomainSummary, 'vcpus' | 'memoryKiB'>> {
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
