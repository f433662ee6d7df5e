/** A deed of the app's own that stands in the command log as one line. */
import { AppError } from '../../../shared/model/error.ts'
import type { Target } from '../../libvirt/target.ts'

/** Does it, with a target that notes nothing of its own, and notes the line with how it ended. */
export async function noted(target: Target, line: string, work: (silent: Target) => Promise<void>): Promise<void> {
  const { log, ...silent } = target
  const started = Date.now()
  const note = (error: string | null): void =>
    log?.({ connection: target.connection, line, startedAt: new Date(started).toISOString(), milliseconds: Date.now() - started, ok: error === null, error })
  try {
    await work(silent)
    note(null)
  } catch (problem) {
    note(problem instanceof AppError ? (problem.detail?.split('\n')[0] ?? problem.code) : String(problem))
    throw problem
  }
}
