/** What differs between a running machine and its next start. */
import type { DomainConfig } from '../../../shared/model/domain.ts'

/** Paths such as "memory" or "disk:vda"; empty where nothing waits for a restart. */
export function pendingFields(live: DomainConfig | null, config: DomainConfig | null): string[] {
  if (!live || !config) return []
  const plain = (['title', 'description', 'firmware'] as const).filter((field) => live[field] !== config[field])
  const memory = live.memoryKiB !== config.memoryKiB || live.maxMemoryKiB !== config.maxMemoryKiB ? ['memory'] : []
  const vcpus = live.vcpus !== config.vcpus || live.maxVcpus !== config.maxVcpus ? ['vcpus'] : []
  const boot = same(live.boot, config.boot) ? [] : ['boot']
  const disks = differing(live.disks, config.disks, (disk) => disk.target, (disk) => [disk.path, disk.sourceName, disk.bus, disk.device])
  const displays = same(shown(live), shown(config)) ? [] : ['graphics']
  const cards = differing(live.interfaces, config.interfaces, (card) => card.mac ?? '', (card) => [card.type, card.source, card.model, card.linkUp])
  return [...plain, ...memory, ...vcpus, ...boot, ...disks.map((key) => `disk:${key}`), ...cards.map((key) => `interface:${key}`), ...displays]
}

/** Keys of entries that only one list has, or whose facts differ. */
function differing<T>(live: readonly T[], config: readonly T[], key: (one: T) => string, facts: (one: T) => readonly unknown[]): string[] {
  const byKey = (list: readonly T[]): Map<string, string> => new Map(list.map((one) => [key(one), JSON.stringify(facts(one))]))
  const [now, next] = [byKey(live), byKey(config)]
  return [...new Set([...now.keys(), ...next.keys()])].filter((name) => now.get(name) !== next.get(name))
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
/** Ports and sockets are given out at the start. */
const shown = ({ graphics }: DomainConfig): unknown => graphics.map(({ type }) => type)
