/** Runs steps one after the other; one that fails, or a person who cancels, takes back everything before. */
import type { Message } from '../../shared/model/job.ts'
import { AppError, type Remedy } from '../../shared/model/error.ts'
import { isCode } from '../libvirt/errors.ts'
import type { Target } from '../libvirt/target.ts'
import type { Journal } from './journal.ts'
import { isShared, workWithPools } from './pool-users.ts'
import type { Step } from './steps.ts'
import { takeBack, type Taken } from './take-back.ts'
import { lineOf, runWork } from './work.ts'

/** How a creation tells where it is; a job of the host fits. */
export interface CreationControl {
  readonly signal: AbortSignal
  progress(done: number, total: number, unit: 'bytes' | 'steps' | 'percent'): void
  step(message: Message): void
  log(line: string): void
}

/**
 * Runs them all, or leaves nothing of them. The journal knows, before anything is begun, what an app that dies in the
 * middle leaves.
 * Errors: cancelled, and those of the steps; what could not be taken back is among the remedies, as commands.
 */
export async function runSteps(target: Target, steps: readonly Step[], control: CreationControl, journal?: Journal): Promise<void> {
  const undo: Taken[] = []
  const leavePools = workWithPools(target, steps.flatMap(({ pool }) => pool ?? []))
  try {
    for (const [index, step] of steps.entries()) {
      stopIfCancelled(control.signal)
      await journal?.note([...takenOf(step), ...undo])
      await runStep(target, step, { index, of: steps.length }, undo, control)
    }
    stopIfCancelled(control.signal)
  } catch (problem) {
    control.step({ key: 'creation:step.undo', params: {} })
    const left = await takeBack(target, undo, (pool) => isShared(target, pool))
    left.forEach((line) => control.log(line))
    throw left.length === 0 ? problem : withLeftovers(problem, left)
  } finally {
    leavePools()
    await journal?.end()
  }
}

const takenOf = ({ undo = [], undoesPool }: Step): Taken[] => undo.map((item) => ({ undo: item, pool: undoesPool ?? null }))

interface Place { readonly index: number; readonly of: number }

async function runStep(target: Target, step: Step, { index, of }: Place, undo: Taken[], control: CreationControl): Promise<void> {
  control.step(step.message)
  control.progress(index, of, 'steps')
  await step.before?.()
  const own = takenOf(step)
  if (step.undoPartly) undo.unshift(...own)
  control.log(lineOf(target, step.work))
  const onPercent = step.measured ? (percent: number): void => control.progress(percent, 100, 'percent') : undefined
  const done = await runWork(target, step.work, { signal: control.signal, onPercent }).then(
    () => true,
    async (problem: unknown) => {
      // libvirt went away, or was not waited for any longer: it may have done it all the same
      if (!step.undoPartly && isCode(problem, 'connection-gone', 'timeout')) undo.unshift(...own)
      return failed(step, step.explain ? await step.explain(problem) : problem)
    },
  )
  if (done && !step.undoPartly) undo.unshift(...own)
  // somebody else's work is not ours to take back
  if (!done && step.undoPartly) undo.splice(0, own.length)
  if (done) await step.after?.().catch(() => undefined)
  control.progress(index + 1, of, 'steps')
}

/** False where somebody else had done it already; else throws what the person is told. */
function failed(step: Step, problem: unknown): false {
  if (step.doneAlready !== undefined && isCode(problem, step.doneAlready)) return false
  // its documents are read before it begins: what is not found by now is the pool
  if (step.pool && isCode(problem, 'not-found')) throw new AppError('invalid-input', { field: 'target', finding: 'pool-missing', pool: step.pool }, problem.detail)
  throw problem
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled')
}

function withLeftovers(problem: unknown, left: readonly string[]): AppError {
  const error = problem instanceof AppError ? problem : new AppError('internal', {}, String(problem))
  const remedies: Remedy[] = left.map((command) => ({ name: 'undo-by-hand', command }))
  return new AppError(error.code, error.params, error.detail, [...error.remedies, ...remedies])
}
