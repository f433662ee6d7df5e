/** libvirt's daemons of a lab, killed and started as a test wants. */
import { readFileSync } from 'node:fs'
import { until } from './poll.ts'
import { asUser, type User } from './user.ts'

export interface Daemon {
  readonly uri: 'qemu:///session' | 'qemu:///system'
  /** Whose virsh sees its machines. */
  readonly user: User
  /** SIGKILL, at once. It must run. */
  kill(): void
  /** Starts it again where nothing else does: the next virsh starts a session's. */
  start(): Promise<void>
}

const killedBy = (pidFile: string) => (): void => {
  process.kill(Number(readFileSync(pidFile, 'utf8').trim()), 'SIGKILL')
}

/** The daemon of a user's session. */
export function sessionDaemon(user: User): Daemon {
  const kill = killedBy(`/run/user/${user.uid}/libvirt/libvirtd.pid`)
  return { uri: 'qemu:///session', user, kill, start: () => Promise.resolve() }
}

/** The daemon of the lab's system. */
export function systemDaemon(): Daemon {
  const user = asUser('root')
  const uri = 'qemu:///system'
  const start = async (): Promise<void> => {
    // the one that was killed may still hold its pid file
    await until('libvirtd', 10_000, async () => ((await user.exec(['libvirtd', '-d'])).code === 0 ? true : undefined))
    await until('an answer of libvirtd', 10_000, () => user.virsh(['-c', uri, 'uri']))
  }
  return { uri, user, kill: killedBy('/run/libvirtd.pid'), start }
}
