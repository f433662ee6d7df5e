import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asUser, until, type User } from '../../harness/index.ts'

/**
 * Makes a user's session as on the first day: no machine, network, pool, file or process of the user is left, and the
 * next virsh starts a new libvirtd.
 */
export async function freshSession(user: User = asUser('alumna')): Promise<User> {
  const names = async (args: readonly string[]): Promise<string[]> =>
    (await user.virsh(args)).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  for (const uuid of await names(['list', '--all', '--uuid'])) {
    await user.exec(['virsh', '-q', 'destroy', `--domain=${uuid}`])
    await user.exec(['virsh', '-q', 'undefine', `--domain=${uuid}`, '--nvram', '--managed-save', '--snapshots-metadata'])
  }
  for (const uuid of await names(['pool-list', '--all', '--uuid'])) {
    await user.exec(['virsh', '-q', 'pool-destroy', `--pool=${uuid}`])
    await user.exec(['virsh', '-q', 'pool-undefine', `--pool=${uuid}`])
  }
  await user.exec(['pkill', '-KILL', '-u', String(user.uid)])
  await until('the end of all processes of the user', 10_000, async () =>
    (await user.exec(['pgrep', '-u', String(user.uid), '-x', 'libvirtd'])).code === 1 ? true : undefined,
  )
  for (const folder of [user.home, `/run/user/${user.uid}`]) {
    for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true })
  }
  mkdirSync(user.home, { recursive: true })
  return user
}

/** Whatever the system's libvirt of this lab was given before goes; its network `default` is off, as in a new lab. */
export async function freshSystem(): Promise<void> {
  const root = asUser('root')
  const system = ['-q', '-c', 'qemu:///system'] as const
  const names = async (...args: string[]): Promise<string[]> =>
    (await root.virsh([...system, ...args])).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const tell = (...args: string[]): Promise<unknown> => root.exec(['virsh', ...system, ...args])
  for (const uuid of await names('list', '--all', '--uuid')) {
    await tell('destroy', `--domain=${uuid}`)
    await tell('undefine', `--domain=${uuid}`, '--nvram', '--managed-save', '--snapshots-metadata')
  }
  for (const name of await names('net-list', '--all', '--name')) {
    await tell('net-destroy', `--network=${name}`)
    if (name !== 'default') await tell('net-undefine', `--network=${name}`)
  }
  for (const uuid of await names('pool-list', '--all', '--uuid')) {
    await tell('pool-destroy', `--pool=${uuid}`)
    await tell('pool-undefine', `--pool=${uuid}`)
  }
}
