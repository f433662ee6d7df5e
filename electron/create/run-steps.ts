/** Runs steps one after the other; one that fails, or a person who cancels, takes back everything before. */
import { randomUUID } from 'node:crypto'
import { rm, rmdir } from 'node:fs/promises'
import type { Message } from '../../shared/model/job.ts'
import { AppError, type Remedy } from '../../shared/model/error.ts'
import { removalLine, removeSeed } from '../images/first-start/remove-seed.ts'
import { isCode } from '../libvirt/errors.ts'
import { buildFolderPool, poolDefineArguments } from '../libvirt/pool/index.ts'
import { quoteForShell } from '../libvirt/quoting.ts'
import type { Target } from '../libvirt/target.ts'
import { virshWrite, virshWriteDocument } from '../libvirt/virsh.ts'
import { onceBack, patienceFromNow } from './patience.ts'
import { isShared, workWithPools } from './pool-users.ts'
import type { Step, Undo } from './steps.ts'
import { lineOf, runWork } from './work.ts'

/** How a creation tells where it is; a job of the host fits. */
export interface CreationControl {
  readonly signal: AbortSignal
  progress(done: number, total: number, unit: 'bytes' | 'steps' | 'percent'): void
  step(message: Message): void
  log(line: string): void
}

/**
 * Runs them all, or leaves nothing of them.
 * Errors: cancelled, and those of the steps; what could not be taken back is among the remedies, as commands.
 */
export async function runSteps(target: Target, steps: readonly Step[], control: CreationControl): Promise<void> {
  const undo: Taken[] = []
  const leavePools = workWithPools(target, steps.flatMap(({ pool }) => pool ?? []))
  try {
    for (const [index, step] of steps.entries()) await runStep(target, step, { index, of: steps.length }, undo, control)
    stopIfCancelled(control.signal)
  } catch (problem) {
    control.step({ key: 'creation:step.undo', params: {} })
    const left = await takeBack(target, undo, control)
    throw left.length === 0 ? problem : withLeftovers(problem, left)
  } finally {
    leavePools()
  }
}

/** What a step made, and how it is taken back. */
interface Taken {
  readonly step: Step
  readonly undo: Undo
}

interface Place { readonly index: number; readonly of: number }

async function runStep(target: Target, step: Step, { index, of }: Place, undo: Taken[], control: CreationControl): Promise<void> {
  stopIfCancelled(control.signal)
  control.step(step.message)
  control.progress(index, of, 'steps')
  await step.before?.()
  const own = (step.undo ?? []).map((item) => ({ step, undo: item }))
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

/** Newest first, each on its own: one that fails stops none of the others. Answers the lines that are left to do by hand. */
async function takeBack(target: Target, undo: readonly Taken[], control: CreationControl): Promise<string[]> {
  const left: string[] = []
  const patience = patienceFromNow()
  for (const { step, undo: item } of undo) {
    if (step.undoesPool !== undefined && isShared(target, step.undoesPool)) continue
    try {
      await onceBack(patience, () => undoOne(target, item))
    } catch (problem) {
      if (isNothingThere(problem)) continue
      const line = undoLine(target, item)
      control.log(line)
      left.push(line)
    }
  }
  return left
}

/** A step that failed in the middle may have made nothing that could be taken back. */
const isNothingThere = (problem: unknown): boolean => isCode(problem, 'not-found', 'not-active', 'pool-inactive', 'network-inactive', 'network-missing')

async function undoOne(target: Target, item: Undo): Promise<void> {
  switch (item.kind) {
    case 'remove-file':
      await rm(item.path, { force: true })
      return
    case 'remove-folders':
      for (const path of [...item.paths].reverse()) await removeEmpty(path)
      return
    case 'remove-root-folders':
      for (const path of [...item.paths].reverse()) if (!(await removeByLibvirt(target, path))) return
      return
    case 'end-pool':
      await endPool(target, item)
      return
    case 'delete-volume':
      await deleteVolume(target, item)
      return
    case 'remove-seed':
      await removeSeed(target, item.place)
      return
    default:
      await runWork(target, item)
  }
}

async function endPool(target: Target, { args, option }: Extract<Undo, { kind: 'end-pool' }>): Promise<void> {
  try {
    await virshWrite(target, args)
  } catch (problem) {
    if (!isCode(problem, 'in-use')) throw problem
    await virshWrite(target, ['pool-destroy', option])
    await virshWrite(target, args)
  }
}

/** libvirt removes the folders of pools alone: this one is a pool for that moment. False where it holds something. */
async function removeByLibvirt(target: Target, path: string): Promise<boolean> {
  const uuid = randomUUID()
  const option = `--pool=${uuid}`
  await virshWriteDocument(target, poolDefineArguments, buildFolderPool({ name: `vivero-${uuid}`, path, uuid }))
  try {
    await virshWrite(target, ['pool-delete', option])
    return true
  } catch (problem) {
    if (isCode(problem, 'folder-not-empty', 'folder-missing')) return false
    throw problem
  } finally {
    await virshWrite(target, ['pool-undefine', option])
  }
}

/** Without its pool libvirt finds no volume, and the file is there all the same. */
async function deleteVolume(target: Target, { args, path }: Extract<Undo, { kind: 'delete-volume' }>): Promise<void> {
  try {
    await virshWrite(target, args)
  } catch (problem) {
    if (!isNothingThere(problem)) throw problem
    await rm(path, { force: true })
  }
}

/** A folder that is gone already, or that holds something of somebody else's by now, is left as it is. */
async function removeEmpty(path: string): Promise<void> {
  await rmdir(path).catch((problem: unknown) => {
    const code = problem instanceof Error && 'code' in problem ? problem.code : ''
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw problem
  })
}

function undoLine(target: Target, item: Undo): string {
  if (item.kind === 'remove-file') return `rm -f ${quoteForShell(item.path)}`
  if (item.kind === 'remove-root-folders') return `sudo rmdir ${[...item.paths].reverse().map(quoteForShell).join(' ')}`
  if (item.kind === 'remove-folders') return `rmdir ${[...item.paths].reverse().map(quoteForShell).join(' ')}`
  if (item.kind === 'end-pool') return lineOf(target, { kind: 'virsh', args: item.args })
  if (item.kind === 'delete-volume') return `sudo rm -f ${quoteForShell(item.path)}`
  if (item.kind === 'remove-seed') return removalLine(target, item.place)
  return lineOf(target, item)
}

function withLeftovers(problem: unknown, left: readonly string[]): AppError {
  const error = problem instanceof AppError ? problem : new AppError('internal', {}, String(problem))
  const remedies: Remedy[] = left.map((command) => ({ name: 'undo-by-hand', command }))
  return new AppError(error.code, error.params, error.detail, [...error.remedies, ...remedies])
}
