/** The steps that make the default pool, or start a pool that is off. */
import { dirname } from 'node:path'
import { buildFolderPool, poolDefineArguments } from '../libvirt/pool/index.ts'
import { poolNamed } from './disk-place.ts'
import type { Identity } from './identity.ts'
import { exists, type Place } from './place.ts'
import { message, virshStep, type Step } from './steps.ts'
import type { Surroundings } from './surroundings.ts'

/** define, build, start and autostart of the default pool; the start of a pool that is off; or nothing. */
export async function poolSteps(place: Place, around: Surroundings, identity: Identity): Promise<Step[]> {
  const { pool } = place
  if (pool === null) return []
  const option = `--pool=${pool}`
  const start: Step = {
    message: message('pool-start', { pool }),
    work: virshStep('pool-start', option),
    undo: [virshStep('pool-destroy', option)],
    undoPartly: place.newPool,
    pool,
    ...(place.newPool ? {} : { doneAlready: 'already-active' }),
  }
  if (!place.newPool) return poolNamed(around, pool)?.active ? [] : [start]
  const params = { pool, path: place.folder }
  const byUuid = `--pool=${identity.poolUuid}`
  const xml = buildFolderPool({ name: pool, path: place.folder, uuid: identity.poolUuid })
  return [
    { message: message('pool-define', params), work: { kind: 'document', args: poolDefineArguments, xml }, undo: [virshStep('pool-undefine', byUuid)], undoPartly: true },
    { message: message('pool-build', params), work: virshStep('pool-build', option), undo: [{ kind: 'remove-folders', paths: await missingFolders(place.folder) }], undoPartly: true, pool },
    start,
    { message: message('pool-autostart', params), work: virshStep('pool-autostart', option), pool },
  ]
}

/** The folders of a path that are not there yet, outermost first. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = []
  for (let folder = path; !(await exists(folder)); folder = dirname(folder)) missing.unshift(folder)
  return missing
}
