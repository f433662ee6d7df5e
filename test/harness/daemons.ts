/** libvirt's daemons of a lab, killed and started as a test wants. */
import { readFileSync } from 'node:fs'
import { until } from './poll.ts'
import { asUser, type User } from './user.ts'

export interface Daemon {
  readonly uri: 'qemu:///session' | 'qemu:///system'
  /** Whose virsh sees its machines. */
  readonly user: User
  /** SIGKILL. It must run. */
  kill(): Promise<void>
  /** Starts it again where nothing else does: the next virsh starts a session's. */
  start(): Promise<void>
}

/** The daemon of a user's session. */
export function sessionDaemon(user: User): Daemon {
  return {
    uri: 'qemu:///session',
    user,
    kill: async () => {
      const done = await user.exec(['pkill', '-KILL', '-u', user.name, '-x', 'libvirtd'])
      if (done.code !== 0) throw new Error(`the session of ${user.name} has no libvirtd`)
    },
    start: () => Promise.resolve(),
  }
}

/** The daemon of the lab's system. */
export function systemDaemon(): Daemon {
  const root = asUser('root')
  const uri = 'qemu:///system'
  return {
    uri,
    user: root,
    kill: async () => {
      const pid = readFileSync('/run/libvirtd.pid', 'utf8').trim()
      const done = await root.exec(['kill', '-KILL', pid])
      if (done.code !== 0) throw new Error(`no libvirtd: ${done.stderr}`)
      await until('the end of libvirtd', 10_000, async () => ((await root.exec(['kill', '-0', pid])).code === 0 ? undefined : true))
    },
    start: async () => {
      await root.exec(['libvirtd', '-d'])
      await until('libvirtd', 10_000, () => root.virsh(['-c', uri, 'uri']))
    },
  }
}
