/** What memory, processors and disk of a new machine may be, and what they are to begin with. Every value lies in its range. */
import type { HostCapabilities } from '../../shared/model/connection.ts'
import type { MediaInspection } from '../../shared/model/media.ts'
import type { PlanProposal, PlanRange } from '../../shared/model/plan.ts'
import { clampTo, GiB, MiB } from '../../shared/lib/units.ts'
import type { SystemTraits } from '../images/systems.ts'

const KIB_IN_MIB = 1024

/** For systems of which osinfo says nothing. */
const generic = { memoryKiB: 2 * KIB_IN_MIB * KIB_IN_MIB, vcpus: 2, diskBytes: 20 * GiB }
/** Less than any system starts with. */
const LEAST_MEMORY_KIB = 32 * KIB_IN_MIB
const LEAST_DISK = 1 * GiB
/** A disk grows as it is used, so that its limit may be larger than what is free: at least up to here. */
const ROOMY_DISK = 256 * GiB

export interface Sizes {
  readonly memoryKiB: number
  readonly vcpus: number
  /** Null where an image brings its own disk. */
  readonly diskBytes: number | null
}

export interface SizesAndLimits {
  readonly sizes: Sizes
  readonly limits: PlanProposal['limits']
}

/** `availableBytes` is what is free where disks go. */
export function proposeSizes(traits: SystemTraits, media: MediaInspection, host: HostCapabilities | null, availableBytes: number): SizesAndLimits {
  const memoryKiB = memoryRange(traits, host)
  const vcpus = cpuRange(traits, host)
  const diskBytes = media.kind === 'iso' ? newDiskRange(traits, availableBytes) : copyRange(media, availableBytes)
  return {
    limits: { memoryKiB, vcpus, diskBytes },
    sizes: { memoryKiB: initial(memoryKiB), vcpus: initial(vcpus), diskBytes: initial(diskBytes) },
  }
}

const initial = (range: PlanRange): number => range.recommended ?? range.min

function memoryRange(traits: SystemTraits, host: HostCapabilities | null): PlanRange {
  const wanted = traits.recommended.memoryBytes === null ? generic.memoryKiB : Math.round(traits.recommended.memoryBytes / 1024)
  const max = Math.max(LEAST_MEMORY_KIB, wholeMiB(host?.memoryKiB ?? Math.max(wanted, generic.memoryKiB) * 4))
  return range(LEAST_MEMORY_KIB, max, wholeMiB(wanted))
}

const wholeMiB = (kib: number): number => Math.floor(kib / KIB_IN_MIB) * KIB_IN_MIB

function cpuRange(traits: SystemTraits, host: HostCapabilities | null): PlanRange {
  return range(1, Math.max(1, host?.cpus ?? generic.vcpus), traits.recommended.cpus ?? generic.vcpus)
}

function newDiskRange(traits: SystemTraits, available: number): PlanRange {
  const wanted = mib(traits.recommended.storageBytes ?? generic.diskBytes)
  return range(LEAST_DISK, Math.max(ROOMY_DISK, mib(available), wanted * 2), Math.max(LEAST_DISK, wanted))
}

/** A copy is never smaller than the original, and as large to begin with. */
function copyRange(media: MediaInspection, available: number): PlanRange {
  const own = media.virtualSizeBytes ?? 0
  return range(own, Math.max(ROOMY_DISK, mib(available), own), own)
}

const mib = (bytes: number): number => Math.floor(bytes / MiB) * MiB

const range = (min: number, max: number, recommended: number): PlanRange => ({ min, max, recommended: clampTo(recommended, { min, max }) })
