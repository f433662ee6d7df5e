/** Users of this machine, as its own databases know them. */
import { run } from './exec.ts'

export interface UserFacts {
  readonly uid: number
  /** The number as a word where nobody has given it a name. */
  readonly name: string
  /** All groups, the main one among them. */
  readonly groups: readonly number[]
}

/** Name and groups of a user by number; without groups where the number is unknown. Errors: program-missing, timeout. */
export async function userFacts(uid: number): Promise<UserFacts> {
  const { exitCode, stdout } = await run('id', ['--', String(uid)], { env: { LC_ALL: 'C.UTF-8' } })
  return (exitCode === 0 ? readId(stdout) : null) ?? { uid, name: String(uid), groups: [] }
}

/** `uid=64055(libvirt-qemu) gid=64055(libvirt-qemu) groups=64055(libvirt-qemu),108(kvm)` */
export function readId(line: string): UserFacts | null {
  const [, uid, name, gid, groups] = /^uid=(\d+)(?:\((.*?)\))? gid=(\d+)(?:\(.*?\))?(?: groups=(\S+))?/.exec(line) ?? []
  if (uid === undefined || gid === undefined) return null
  const others = [...(groups ?? '').matchAll(/(?:^|,)(\d+)/g)].map((match) => Number(match[1]))
  return { uid: Number(uid), name: name ?? uid, groups: [...new Set([Number(gid), ...others])] }
}
