/** A plan: everything that the review page decides before a machine is made. */
import type { SourceChoice } from './card-rules.ts'
import type { ConnectionId } from './connection.ts'
import type { FirstStart } from './first-start.ts'
import type { MediaInspection, SystemEntry } from './media.ts'

export type Acceleration = 'auto' | 'kvm' | 'tcg'

export interface MachinePlan {
  readonly connection: ConnectionId
  /** The ISO or disk image, absolute. */
  readonly mediaPath: string
  readonly mediaKind: 'iso' | 'disk'
  /** libosinfo id or null for an unknown system. */
  readonly osId: string | null
  readonly title: string
  readonly name: string
  readonly memoryKiB: number
  readonly vcpus: number
  /** Limit of the new disk in bytes; null where none is made (image used in place, no disk wanted). */
  readonly diskBytes: number | null
  /** Used where it lies, copied first, or the base of a disk of its own (library images); null for an ISO that can be read where it lies. */
  readonly imageUse: 'in-place' | 'copy' | 'overlay' | null
  /** Where a new disk goes: a pool's name, or a folder that is in no pool (absolute). */
  readonly target: { readonly kind: 'pool'; readonly pool: string } | { readonly kind: 'folder'; readonly path: string }
  /** Make, build, start and autostart the default pool first, as there is none. */
  readonly createDefaultPool: boolean
  /** `bridge`: one of the host; `direct`: macvtap on a device of the host. */
  readonly network: { readonly kind: 'user' } | { readonly kind: 'none' } | { readonly kind: 'network' | 'bridge' | 'direct'; readonly name: string }
  readonly acceleration: Acceleration
  readonly firmware: 'bios' | 'uefi'
  readonly openConsole: boolean
  /** What a machine from a disk image is told at its first start; null for nothing. */
  readonly firstStart: FirstStart | null
}

export interface PlanRange { readonly min: number; readonly max: number; readonly recommended: number | null }

/** A plan with everything filled in, and what its fields may be. */
export interface PlanProposal {
  readonly plan: MachinePlan
  readonly media: MediaInspection
  readonly system: SystemEntry | null
  readonly limits: {
    readonly memoryKiB: PlanRange
    readonly vcpus: PlanRange
    /** Null where no disk is made. */
    readonly diskBytes: PlanRange | null
  }
  readonly pools: readonly { readonly name: string; readonly path: string; readonly availableBytes: number; readonly active: boolean }[]
  /** The folder of the default pool that would be made. */
  readonly defaultPoolPath: string
  /** What its network card can be plugged into, and why something cannot. */
  readonly sources: readonly SourceChoice[]
  /** Whether `type='kvm'` can be had, and why not. */
  readonly kvm: boolean
  readonly kvmReason: string | null
  readonly uefi: boolean
  readonly freeMemoryKiB: number | null
  readonly findings: readonly PlanFinding[]
}

/** A remark on a field: errors stop Create, warnings and notes do not. Sentence: `new-machine:finding.<code>`. */
export interface PlanFinding {
  readonly field: 'name' | 'title' | 'memoryKiB' | 'vcpus' | 'diskBytes' | 'mediaPath' | 'target' | 'network' | 'acceleration' | 'osId' | 'imageUse' | 'firstStart'
  readonly level: 'error' | 'warning' | 'note'
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}
