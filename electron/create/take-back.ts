/** Takes back what steps made: right after a failure, or when a person asks for it of a creation that the app's death broke off. */
import { randomUUID } from 'node:crypto'
import { rm, rmdir } from 'node:fs/promises'
import { removalLine, removeSeed } from '../images/first-start/remove-seed.ts'
import { isCode } from '../libvirt/errors.ts'
import { buildFolderPool, poolDefineArguments } from '../libvirt/pool/index.ts'
import { quoteForShell } from '../libvirt/quoting.ts'
import type { Target } from '../libvirt/target.ts'
import { virshWrite, virshWriteDocument } from '../libvirt/virsh.ts'
import { onceBack, patienceFromNow } from './patience.ts'
import type { Undo } from './steps.ts'
import { lineOf, runWork } from './work.ts'

/** What a step made, and how it is taken back. */
export interface Taken {
  readonly undo: Undo
  /** It is of this pool: see Step.undoesPool. */
  readonly pool: string | null
}

/** Newest first, each on its own: one that fails stops none of the others. Answers the lines that are left to do by hand. */
export async function takeBack(target: Target, made: readonly Taken[], stays: (pool: string) => boolean): Promise<string[]> {
  const left: string[] = []
  const patience = patienceFromNow()
  for (const { undo, pool } of made) {
    if (pool !== null && stays(pool)) continue
    try {
      await onceBack(patience, () => undoOne(target, undo))
    } catch (problem) {
      if (!isNothingThere(problem)) left.push(undoLine(target, undo))
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

/** The line that does the same. */
export function undoLine(target: Target, item: Undo): string {
  if (item.kind === 'remove-file') return `rm -f ${quoteForShell(item.path)}`
  if (item.kind === 'remove-root-folders') return `sudo rmdir ${[...item.paths].reverse().map(quoteForShell).join(' ')}`
  if (item.kind === 'remove-folders') return `rmdir ${[...item.paths].reverse().map(quoteForShell).join(' ')}`
  if (item.kind === 'end-pool') return lineOf(target, { kind: 'virsh', args: item.args })
  if (item.kind === 'delete-volume') return `sudo rm -f ${quoteForShell(item.path)}`
  if (item.kind === 'remove-seed') return removalLine(target, item.place)
  return lineOf(target, item)
}
