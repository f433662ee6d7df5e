/** What is told at the first start: whether it can be told, what of it is heard, and how to log in without it. */
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { firstStartOf } from '../../../shared/model/plan-rules.ts'
import { checkFirstStart } from '../../images/first-start/check.ts'
import { knownLimits, knownLogin } from '../../images/first-start/known-images.ts'
import { isProgram, pathFolders } from '../../system/programs.ts'
import { error, note } from '../finding.ts'
import type { CheckContext } from './context.ts'

export async function checkFirst({ plan }: CheckContext): Promise<PlanFinding[]> {
  if (plan.mediaKind !== 'disk') return []
  const login = knownLogin(plan.osId)
  const found = login ? [note('firstStart', `first-start-${login.code}`, login.params)] : []
  const wanted = firstStartOf(plan)
  if (wanted === null) return found
  const limits = knownLimits(plan.osId)
  if (limits !== null) found.push(note('firstStart', `first-start-${limits}`))
  if (!(await isProgram('xorriso', pathFolders()))) found.push(error('firstStart', 'first-start-no-xorriso'))
  const remarks = checkFirstStart(wanted).map(({ level, code, params }): PlanFinding => ({ field: 'firstStart', level, code: `first-start-${code}`, params }))
  return [...found, ...remarks]
}
