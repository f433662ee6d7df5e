/** UUIDs of networks and pools by name, for the errors that know only names. */
import type { Target } from './target.ts'
import { virshRead } from './virsh.ts'

/** Null where there is none of that name (any more). */
export async function uuidByName(target: Target, kind: 'network' | 'pool', name: string): Promise<string | null> {
  const command = kind === 'network' ? ['net-uuid', `--network=${name}`] : ['pool-uuid', `--pool=${name}`]
  const [answer] = name === '' ? [] : await virshRead(target, [command])
  return answer?.ok ? answer.text.trim() : null
}
