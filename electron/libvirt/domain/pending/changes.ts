/** What differs between a running machine and its next start. https://libvirt.org/formatdomain.html */
import { waitingExtras, type CardExtraKind } from '../../../../shared/model/card-extras.ts'
import type { DomainConfig, DomainDisk, DomainInterface } from '../../../../shared/model/domain.ts'
import { canBalloon, hasBalloon, heldMemory } from '../../../../shared/model/machine-edit.ts'
import { cardField, diskField, settingField, type PendingChange } from '../../../../shared/model/pending.ts'
import { equal, otherDevices, sameCard, sameCpu, sameDevices, sameDisk, sameGraphics, sameMachineType } from './same.ts'

/** Both documents, and whose they are; a machine that is off, or only runs, has one of them alone. */
export interface TwoConfigs {
  readonly uuid: string
  readonly live: DomainConfig | null
  readonly config: DomainConfig | null
}

/** Empty where nothing waits for a restart. */
export function pendingChanges({ uuid, live, config }: TwoConfigs): readonly PendingChange[] {
  if (!live || !config) return []
  return [...wordChanges(live, config), ...resourceChanges(live, config), ...startChanges(live, config), ...deviceChanges(uuid, live, config), ...settingChanges(live, config)]
}

function wordChanges(live: DomainConfig, next: DomainConfig): PendingChange[] {
  const words = (field: 'title' | 'description'): PendingChange[] =>
    live[field] === next[field] ? [] : [{ field, kind: 'words', live: live[field], next: next[field], applicable: true }]
  return [...words('title'), ...words('description')]
}

/**
 * Memory is given and taken by the balloon, up to the maximum: without one a start gives all of it. Processors are added
 * while it runs, and never safely taken.
 */
function resourceChanges(live: DomainConfig, next: DomainConfig): PendingChange[] {
  const memory = heldMemory({ live, config: next }) !== null ? live.memoryKiB : hasBalloon(next) ? next.memoryKiB : next.maxMemoryKiB
  const changes: PendingChange[] = [
    { field: 'memory', kind: 'kib', live: live.memoryKiB, next: memory, applicable: canBalloon(live, memory) },
    { field: 'max-memory', kind: 'kib', live: live.maxMemoryKiB, next: next.maxMemoryKiB, applicable: false },
    { field: 'vcpus', kind: 'count', live: live.vcpus, next: next.vcpus, applicable: next.vcpus > live.vcpus && next.vcpus <= live.maxVcpus },
    { field: 'max-vcpus', kind: 'count', live: live.maxVcpus, next: next.maxVcpus, applicable: false },
  ]
  return changes.filter((change) => change.live !== change.next)
}

function startChanges(live: DomainConfig, next: DomainConfig): PendingChange[] {
  const changes: PendingChange[] = []
  const later = { applicable: false } as const
  if (!equal(live.boot, next.boot)) changes.push({ field: 'boot', kind: 'boot', live: live.boot, next: next.boot, ...later })
  if (live.firmware !== next.firmware) changes.push({ field: 'firmware', kind: 'firmware', live: live.firmware, next: next.firmware, ...later })
  if (!sameMachineType(live.machineType, next.machineType))
    changes.push({ field: 'machine-type', kind: 'words', live: live.machineType, next: next.machineType, ...later })
  if (live.virtType !== next.virtType) changes.push({ field: 'acceleration', kind: 'words', live: live.virtType, next: next.virtType, ...later })
  if (!sameCpu(live.cpu, next.cpu)) changes.push({ field: 'cpu', kind: 'cpu', live: live.cpu, next: next.cpu, ...later })
  return changes
}

function deviceChanges(uuid: string, live: DomainConfig, next: DomainConfig): PendingChange[] {
  const seedless = live.disks.filter((disk) => !isSeed(uuid, disk) || next.disks.some((one) => one.target === disk.target))
  const disks = pairs(seedless, next.disks, (disk) => diskField(disk.target), sameDisk)
  const cards = pairs(live.interfaces, next.interfaces, (card) => cardField(card.mac ?? ''), sameCard)
  return [
    ...disks.map((pair): PendingChange => ({ ...pair, kind: 'disk', applicable: mediumAlone(pair.live, pair.next) })),
    ...cards.map((pair): PendingChange => ({ ...pair, kind: 'interface', applicable: canChangeCard(pair.live, pair.next) })),
    ...(sameGraphics(live.graphics, next.graphics)
      ? []
      : [{ field: 'graphics', kind: 'graphics', live: live.graphics, next: next.graphics, applicable: false } satisfies PendingChange]),
    ...otherChanges(live, next),
  ]
}

function otherChanges(live: DomainConfig, next: DomainConfig): PendingChange[] {
  const [now, then] = [otherDevices(live), otherDevices(next)]
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((element): PendingChange[] => {
    const both = { live: now.get(element) ?? [], next: then.get(element) ?? [] }
    return sameDevices(element, both.live, both.next) ? [] : [{ field: `devices:${element}`, kind: 'devices', ...both, applicable: false }]
  })
}

/** Features, clock, what happens at a crash…: only a person who edits the XML has changed them. */
function settingChanges({ settings: now }: DomainConfig, { settings: then }: DomainConfig): PendingChange[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(then)])].filter((name) => now[name] !== then[name])
  return names.map((name) => ({ field: settingField(name), kind: 'words', live: now[name] ?? null, next: then[name] ?? null, applicable: false }))
}

/** The CD of a first start is in the running machine alone, and is meant to be (electron/images/first-start). */
function isSeed(uuid: string, { device, path }: DomainDisk): boolean {
  return device === 'cdrom' && path !== null && (path.endsWith(`/first-start-${uuid}.iso`) || path.endsWith(`/first-start/${uuid}.iso`))
}

interface Pair<T> {
  readonly field: string
  readonly live: T | null
  readonly next: T | null
}

/** Entries that only one list has, or that differ. Of several with one key the first counts. */
function pairs<T>(live: readonly T[], next: readonly T[], field: (one: T) => string, same: (live: T, next: T) => boolean): Pair<T>[] {
  const fields = [...new Set([...live, ...next].map(field))]
  const find = (list: readonly T[], name: string): T | null => list.find((one) => field(one) === name) ?? null
  return fields
    .map((name) => ({ field: name, live: find(live, name), next: find(next, name) }))
    .filter((pair) => pair.live === null || pair.next === null || !same(pair.live, pair.next))
}

/** The same drive with another medium. */
function mediumAlone(live: DomainDisk | null, next: DomainDisk | null): boolean {
  if (!live || !next || (next.device !== 'cdrom' && next.device !== 'floppy')) return false
  return live.device === next.device && live.bus === next.bus && (next.path !== null || next.sourceName === null)
}

/** A card is plugged in and out while the machine runs; its model stays, and it changes places among switches alone. */
function canChangeCard(live: DomainInterface | null, next: DomainInterface | null): boolean {
  if (!live || !next) return true
  const place = live.type === next.type && live.source === next.source && live.passt === next.passt
  return live.model === next.model && waitingExtras(live, next).every((kind) => changesLive.includes(kind)) && (place || (isSwitch(live.type) && isSwitch(next.type)))
}

/** Of what a card's document says beyond its form, libvirt changes these while it runs. */
const changesLive: readonly CardExtraKind[] = ['filter', 'inbound', 'outbound']

const isSwitch = (type: string): boolean => type === 'network' || type === 'bridge'
