/** What making a machine takes, in order: each step with the command that does it and the commands that take it back. */
import type { Message } from '../../shared/model/job.ts'
import type { Work } from './work.ts'

/** Takes back what a step made. */
export type Undo =
  | Work
  /** A file of this user's. */
  | { readonly kind: 'remove-file'; readonly path: string }
  /** Folders that the step made, outermost first; those that hold something stay. */
  | { readonly kind: 'remove-folders'; readonly paths: readonly string[] }

export interface Step {
  /** What the person reads while it runs: `creation:step.<name>`. */
  readonly message: Message
  readonly work: Work
  /**
   * Looks, right before, whether the way is free, and takes what must be taken.
   * Errors: already-exists (params.path) where something is there that is not ours.
   */
  readonly before?: () => Promise<void>
  readonly undo?: readonly Undo[]
  /** The undo is safe, and needed, after a step that failed in the middle too: it can only hit what is ours. */
  readonly undoPartly?: boolean
  /** The command tells percents. */
  readonly measured?: boolean
}

export const message = (name: string, params: Message['params'] = {}): Message => ({ key: `creation:step.${name}`, params })
