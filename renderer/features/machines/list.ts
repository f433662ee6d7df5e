/** Sorting, filtering and counting of machines: pure, for the table and the grid alike. */
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, stateGroup, type StateGroup } from '../../../shared/model/domain-rules.ts'

/** The segments over the list. Saved machines are off. */
export type StateFilter = 'all' | 'running' | 'paused' | 'off' | 'crashed'

export const stateFilters: readonly StateFilter[] = ['all', 'running', 'paused', 'off', 'crashed']

export type SortKey = 'id' | 'title' | 'name' | 'state' | 'vcpus' | 'memory' | 'address' | 'connection'

export interface Sorting {
  readonly key: SortKey
  readonly descending: boolean
}

/** Above this many machines a list opens as a table. */
export const gridLimit = 20

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const filterOf: Readonly<Record<StateGroup, StateFilter>> = {
  running: 'running',
  paused: 'paused',
  saved: 'off',
  off: 'off',
  crashed: 'crashed',
}

const stateOrder: Readonly<Record<StateGroup, number>> = { running: 0, paused: 1, saved: 2, off: 3, crashed: 4 }

/** Lower case without accents, so that "maquina" finds "Máquina". */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** Words of a machine that the search looks through; `stateWord` is its state in the language shown. */
function haystack(domain: DomainSummary, stateWord: string): string {
  const words = [
    domain.title ?? '',
    domain.name,
    domain.uuid,
    stateWord,
    ...domain.networks,
    ...domain.addresses.map((entry) => entry.address),
  ]
  return plain(words.join('\n'))
}

/** Machines in which every word of the text is found, in the chosen state. */
export function filterMachines(
  domains: readonly DomainSummary[],
  wish: { readonly text: string; readonly state: StateFilter },
  stateWord: (domain: DomainSummary) => string,
): readonly DomainSummary[] {
  const words = plain(wish.text)
    .split(/\s+/)
    .filter((word) => word !== '')
  return domains.filter((domain) => {
    if (wish.state !== 'all' && filterOf[stateGroup(domain)] !== wish.state) return false
    if (words.length === 0) return true
    const text = haystack(domain, stateWord(domain))
    return words.every((word) => text.includes(word))
  })
}

/** How many machines each segment holds. */
export function countStates(domains: readonly DomainSummary[]): Readonly<Record<StateFilter, number>> {
  const counts = { all: domains.length, running: 0, paused: 0, off: 0, crashed: 0 }
  for (const domain of domains) {
    const filter = filterOf[stateGroup(domain)]
    if (filter !== 'all') counts[filter] += 1
  }
  return counts
}

type Value = string | number | null

function valueOf(domain: DomainSummary, key: Exclude<SortKey, 'title'>, connectionName: (domain: DomainSummary) => string): Value {
  switch (key) {
    case 'id':
      return domain.id
    case 'name':
      return domain.name
    case 'state':
      return stateOrder[stateGroup(domain)]
    case 'vcpus':
      return domain.vcpus
    case 'memory':
      return domain.memoryKiB
    case 'address':
      return domain.addresses[0]?.address ?? null
    case 'connection':
      return connectionName(domain)
  }
}

function compareValues(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return collator.compare(String(left), String(right))
}

/** A sorted copy. What has no value comes last in either direction; equal ones stand by title, then by uuid, so that nothing jumps. */
export function sortMachines(
  domains: readonly DomainSummary[],
  sorting: Sorting,
  connectionName: (domain: DomainSummary) => string = () => '',
): readonly DomainSummary[] {
  const factor = sorting.descending ? -1 : 1
  // while titles are still being read all stand by their names, so that rows move once at most
  const label = domains.every((domain) => domain.complete) ? displayName : ({ name }: DomainSummary) => name
  const keyed = domains.map((domain) => ({ domain, value: sorting.key === 'title' ? label(domain) : valueOf(domain, sorting.key, connectionName) }))
  keyed.sort((left, right) => {
    if (left.value === null || right.value === null) {
      if (left.value !== right.value) return left.value === null ? 1 : -1
    } else {
      const order = compareValues(left.value, right.value)
      if (order !== 0) return order * factor
    }
    const byName = collator.compare(label(left.domain), label(right.domain))
    return byName !== 0 ? byName : left.domain.uuid.localeCompare(right.domain.uuid)
  })
  return keyed.map((entry) => entry.domain)
}

/** A click on a column's head: sorts by it, or turns the order round. Numbers start with the largest. */
export function nextSorting(current: Sorting, key: SortKey): Sorting {
  if (current.key === key) return { key, descending: !current.descending }
  return { key, descending: key === 'vcpus' || key === 'memory' }
}
