/** What making a machine takes, in order: each step with the command that does it and the commands that take it back. */
import type { ErrorCode } from '../../shared/model/error.ts'
import type { Message } from '../../shared/model/job.ts'
import type { SeedPlace } from '../images/first-start/seed.ts'
import type { Work } from './work.ts'

/** Takes back what a step made. */
export type Undo =
  | Work
  /** A file of this user's. */
  | { readonly kind: 'remove-file'; readonly path: string }
  /** Folders that the step made, outermost first; those that hold something stay. */
  | { readonly kind: 'remove-folders'; readonly paths: readonly string[] }
  /** Folders that libvirt's root made, outermost first: it removes them too; those that hold something stay. */
  | { readonly kind: 'remove-root-folders'; readonly paths: readonly string[] }
  /** A pool, which is stopped first where it runs: a libvirt that was started again takes one whose folder is there for active. */
  | { readonly kind: 'end-pool'; readonly args: readonly string[]; readonly option: string }
  /** A volume: by libvirt, and where its pool is gone by this user's own hand. */
  | { readonly kind: 'delete-volume'; readonly args: readonly string[]; readonly path: string }
  /** What a first start was told, with its record. */
  | { readonly kind: 'remove-seed'; readonly place: SeedPlace }

export interface Step {
  /** What the person reads while it runs: `creation:step.<name>`. */
  readonly message: Message
  readonly work: Work
  /**
   * Looks, right before, whether the way is free, and takes what must be taken.
   * Errors: already-exists (params.path) where something is there that is not ours.
   */
  readonly before?: () => Promise<void>
  /** What its success brings with it for others; that it fails is no reason to take anything back. */
  readonly after?: () => Promise<unknown>
  readonly undo?: readonly Undo[]
  /** The undo is of this pool: it stays where somebody else's steps put something into it meanwhile. */
  readonly undoesPool?: string
  /** The undo is safe, and needed, after a step that failed in the middle too: it can only hit what is ours. */
  readonly undoPartly?: boolean
  /** The command tells percents. */
  readonly measured?: boolean
  /** The pool that it needs; where that is gone, the creation says so. */
  readonly pool?: string | null
  /** An error that means that somebody else has done it meanwhile: the creation goes on, and takes nothing of it back. */
  readonly doneAlready?: ErrorCode
  /** The error of its command, better told where more can be found out. */
  readonly explain?: (problem: unknown) => Promise<unknown>
}

export const message = (name: string, params: Message['params'] = {}): Message => ({ key: `creation:step.${name}`, params })
export const virshStep = (...args: readonly string[]) => ({ kind: 'virsh', args }) as const
export const removal = (path: string) => ({ kind: 'remove-file', path }) as const
