/** Pure rules of a plan: names from titles, free names, and what stays of a person's edits when a plan is proposed again. */
import { clampTo, MiB } from '../lib/units.ts'
import { sourceOf, whyNotSource } from './card-rules.ts'
import type { CardSource } from './card.ts'
import type { ConnectionKind } from './connection.ts'
import type { FirstStart } from './first-start.ts'
import type { MachinePlan, PlanFinding, PlanProposal, PlanRange } from './plan.ts'

/** Longest name made from a title; files are named after it, and libvirt builds socket paths from it. */
export const longestName = 50

/**
 * A name made from a title, as GNOME Boxes does: "Ubuntu 20.10 2" is `ubuntu20.10-2`. Lower case, no accents, a version goes straight after
 * its word. Never empty, never a number alone (virsh would take that for an id), never with a leading dash or dot.
 */
export function nameFromTitle(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9._+]+/)
    .map((word) => word.replaceAll(/^[._+]+|[._+]+$/g, ''))
    .filter((word) => word !== '')
  let name = ''
  for (const word of words) {
    const joined = name === '' || (/^\d/.test(word) && /[a-z]$/.test(name))
    name += joined ? word : `-${word}`
  }
  name = name.slice(0, longestName).replace(/[-._+]+$/, '')
  if (name === '') return 'vm'
  return /^\d+$/.test(name) ? `vm${name}` : name
}

/** "debian12", "debian12-2", "debian12-3"…: the first that is not taken. */
export function freeName(base: string, taken: readonly string[]): string {
  const used = new Set(taken)
  if (!used.has(base)) return base
  for (let count = 2; ; count += 1) if (!used.has(`${base}-${count}`)) return `${base}-${count}`
}

/** Fields of the plan that the person has changed by hand. */
export type EditedFields = ReadonlySet<keyof MachinePlan>

const keep = (value: number, range: PlanRange, step: number): number => clampTo(value, range, step)

/** A value as typed or slid, brought into its range: whole MiB for memory and disks. */
export function fitMemory(memoryKiB: number, range: PlanRange): number {
  return keep(memoryKiB, range, 1024)
}
export function fitDisk(bytes: number, range: PlanRange): number {
  return keep(bytes, range, MiB)
}
export function fitCpus(vcpus: number, range: PlanRange): number {
  return keep(vcpus, range, 1)
}

function keptTarget(old: MachinePlan['target'], proposal: PlanProposal): MachinePlan['target'] | null {
  if (old.kind === 'folder') return old
  return proposal.pools.some((pool) => pool.name === old.pool) ? old : null
}

/** What the machine's network card is plugged into; null where it has none. */
export function plannedSource(network: MachinePlan['network']): CardSource | null {
  if (network.kind === 'none') return null
  return sourceOf(network.kind, network.kind === 'user' ? '' : network.name)
}

function keptNetwork(old: MachinePlan['network'], proposal: PlanProposal): MachinePlan['network'] | null {
  const source = plannedSource(old)
  return source === null || whyNotSource(source, proposal.sources) === null ? old : null
}

function keptSizes(old: MachinePlan, edited: EditedFields, proposal: PlanProposal): Partial<MachinePlan> {
  const { limits } = proposal
  return {
    ...(edited.has('memoryKiB') ? { memoryKiB: fitMemory(old.memoryKiB, limits.memoryKiB) } : {}),
    ...(edited.has('vcpus') ? { vcpus: fitCpus(old.vcpus, limits.vcpus) } : {}),
    ...(edited.has('diskBytes') && old.diskBytes !== null && limits.diskBytes ? { diskBytes: fitDisk(old.diskBytes, limits.diskBytes) } : {}),
  }
}

function keptWords(old: MachinePlan, edited: EditedFields): Partial<MachinePlan> {
  return {
    ...(edited.has('title') ? { title: old.title } : {}),
    // A name that follows a title typed by hand stays with it.
    ...(edited.has('title') || edited.has('name') ? { name: old.name } : {}),
  }
}

/** A new proposal (another system, another connection) with what the person had edited kept where it is still possible. */
export function keepEdits(old: MachinePlan, edited: EditedFields, proposal: PlanProposal): MachinePlan {
  const proposed = proposal.plan
  const target = edited.has('target') ? keptTarget(old.target, proposal) : null
  const network = edited.has('network') ? keptNetwork(old.network, proposal) : null
  const kept: MachinePlan = {
    ...proposed,
    ...keptSizes(old, edited, proposal),
    ...keptWords(old, edited),
    ...(target ? { target, createDefaultPool: target.kind === 'folder' ? false : proposed.createDefaultPool } : {}),
    ...(network ? { network } : {}),
    ...(edited.has('imageUse') && (proposed.imageUse !== null || proposed.mediaKind === 'iso') && old.imageUse !== null ? { imageUse: old.imageUse } : {}),
    ...(edited.has('acceleration') && (old.acceleration !== 'kvm' || proposal.kvm) ? { acceleration: old.acceleration } : {}),
    ...(edited.has('firmware') && (old.firmware !== 'uefi' || proposal.uefi) ? { firmware: old.firmware } : {}),
    ...(edited.has('openConsole') ? { openConsole: old.openConsole } : {}),
    ...(edited.has('firstStart') && proposed.mediaKind === 'disk' ? { firstStart: old.firstStart } : {}),
  }
  return kept.mediaKind === 'disk' && kept.imageUse === 'in-place' ? { ...kept, diskBytes: null } : kept
}

/** A new disk for an ISO, a copy of an image, or a disk that stands on one. */
export function makesDisk(plan: Pick<MachinePlan, 'mediaKind' | 'diskBytes' | 'imageUse'>): boolean {
  return plan.mediaKind === 'iso' ? plan.diskBytes !== null : plan.imageUse === 'copy' || plan.imageUse === 'overlay'
}

/** An ISO that is copied first: QEMU cannot read it where it lies, or libvirt cannot keep its path. */
export function copiesIso(plan: Pick<MachinePlan, 'mediaKind' | 'imageUse'>): boolean {
  return plan.mediaKind === 'iso' && plan.imageUse === 'copy'
}

/** What the machine is told at its first start; one from an ISO is told nothing. */
export const firstStartOf = (plan: Pick<MachinePlan, 'mediaKind' | 'firstStart'>): FirstStart | null => (plan.mediaKind === 'disk' ? plan.firstStart : null)

/** Something is written to where the plan says: a disk, a copy, or the seed of a machine whose QEMU is another user. */
export function storesFiles(plan: MachinePlan, kind: ConnectionKind): boolean {
  return makesDisk(plan) || copiesIso(plan) || (firstStartOf(plan) !== null && kind !== 'session')
}

/** Whether nothing stops Create. */
export function canCreate(findings: readonly PlanFinding[]): boolean {
  return !findings.some((finding) => finding.level === 'error')
}
