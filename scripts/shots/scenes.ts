/** Things made ready in the lab for pictures, and taken away again. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { paths } from '../../renderer/app/paths.ts'
import { asUser, until, type User } from '../../test/harness/index.ts'
import { withDocument, writeFor } from '../../test/e2e/support/documents.ts'
import type { Shown } from './shown.ts'

export const session = 'qemu:///session'
export const system = 'qemu:///system'

/** Where the scene that was made ready last is to be seen. */
let place = ''
export const scene = (): string => place
export const playAt = (address: string): void => {
  place = address
}

/** The address of a machine of the session's. */
export const machineAt = (shown: Shown, uuid: string, tab: 'console' | 'details'): void =>
  playAt(paths.machine(shown.subject.connection, uuid, tab))

/** Forgets machines, running or not; those that are not there are no matter. */
export async function forgetMachines(user: User, connection: string, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await user.exec(['virsh', '-q', '-c', connection, 'destroy', `--domain=${name}`])
    await user.exec(['virsh', '-q', '-c', connection, 'undefine', `--domain=${name}`, '--nvram'])
  }
}

/** Waits until the app lists the machine. */
export async function listed({ host }: Shown, connection: string, uuid: string): Promise<void> {
  await until('the machine in the app', 20_000, async () =>
    (await host.call('domain.list', { connection })).some((one) => one.uuid === uuid) ? true : undefined,
  )
}

/** A connection with these machines, networks and pools in libvirt's test driver; answers its id. */
export async function addTestConnection({ host }: Shown, name: string, user: User, content: string): Promise<string> {
  const file = writeFor(user, `pruebas/${name.replaceAll(/\W/g, '-')}.xml`, `<node>${content}</node>`)
  const { id } = await host.call('connection.add', { uri: `test://${file}`, name })
  await until('its list', 30_000, async () => {
    const found = (await host.call('connection.list', {})).find((one) => one.id === id)
    if (found?.state === 'failed') throw new Error(JSON.stringify(found.error))
    return found?.state === 'connected' ? true : undefined
  })
  return id
}

/** Takes away what addTestConnection added. */
export async function removeTestConnections({ host }: Shown, user: User): Promise<void> {
  for (const { id, uri } of await host.call('connection.list', {})) {
    if (!uri.includes('/pruebas/')) continue
    await host.call('connection.disconnect', { connection: id })
    await host.call('connection.remove', { connection: id })
  }
  rmSync(`${user.home}/pruebas`, { recursive: true, force: true })
}

/** libvirt's system daemon dies in the middle of its work. */
export async function killDaemon(): Promise<void> {
  const pid = Number(readFileSync('/run/libvirtd.pid', 'utf8'))
  process.kill(pid, 'SIGKILL')
  await until('the end of libvirtd', 10_000, () => (existsSync(`/proc/${pid}`) ? undefined : true))
}

/** It is there again, and the app is connected to it. */
export async function reviveDaemon({ host, subject }: Shown): Promise<void> {
  execFileSync('libvirtd', ['-d'])
  await until('libvirtd', 10_000, () => asUser('root').virsh(['-c', system, 'uri']))
  await host.call('connection.connect', { connection: subject.networks })
}

/** Defines a network of the system's; answers its UUID. */
export async function defineNetwork(name: string, content: string): Promise<string> {
  const escaped = name.replaceAll('\t', '&#9;')
  await withDocument(asUser('root'), ['-c', system, 'net-define'], `<network><name>${escaped}</name>${content}</network>`)
  return (await asUser('root').virsh(['-c', system, 'net-uuid', `--network=${name}`])).trim()
}

export const forgetNetwork = async (name: string): Promise<void> => {
  await asUser('root').exec(['virsh', '-q', '-c', system, 'net-undefine', `--network=${name}`])
}
