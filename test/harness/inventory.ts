import { readdirSync, readFileSync, readlinkSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import type { User } from './user.ts'

export interface InventoryOptions {
  readonly connections?: readonly string[]
  /** The app's host, whose open descriptors are listed. */
  readonly host?: number
  /** Further folders, as a pool's that lies outside the home. */
  readonly folders?: readonly string[]
  /** Lines that do not count. */
  readonly ignore?: readonly RegExp[]
}

/** libvirt's own traces: caches, logs, run files, and the folders that it makes for itself when it first starts. */
const ofLibvirt = [
  /\/\.cache\/libvirt(\/|$| )/,
  /\/\.config\/libvirt\/(qemu\/|storage\/|secrets\/|nwfilter|virtqemud|libvirtd)?[^/]*\/? \(folder\)$/,
  /\/\.config\/libvirt\/qemu\/(lib|channel|save|snapshot|checkpoint|dump|ram|nvram|varstore|dbus|networks|autostart)[^ ]* \(folder\)$/,
  /\/run\/user\/\d+\/libvirt(\/|$| )/,
  /\/virsh\/history/,
]

const daemons = /^(libvirtd|virtlogd|dbus-daemon)$/

/**
 * Everything that something half made could leave behind, one line each, sorted: machines, networks, pools and volumes
 * of the connections, files in the user's home and temporary folders with their sizes, the user's processes, and the
 * open descriptors of the app's host. Compare by `expect(after).toEqual(before)`, or wait by `expectUnchanged`.
 */
export async function inventory(user: User, options: InventoryOptions = {}): Promise<string[]> {
  const objects = await Promise.all((options.connections ?? ['qemu:///session']).map((uri) => objectsOf(user, uri)))
  const temporary = ['/tmp', '/var/tmp', '/dev/shm', `/run/user/${user.uid}`]
  const lines = [
    ...objects.flat(),
    ...filesUnder(user.home),
    ...temporary.flatMap((folder) => filesUnder(folder, user.uid)),
    ...(options.folders ?? []).flatMap((folder) => filesUnder(folder)),
    ...processesOf(user.uid),
    ...(options.host === undefined ? [] : descriptorsOf(options.host)),
  ]
  const ignored = [...ofLibvirt, ...(options.ignore ?? [])]
  return lines.filter((line) => !ignored.some((pattern) => pattern.test(line))).sort()
}

/** Waits until the inventory is `before` again (readers and closing sockets need a moment); throws the difference. */
export async function expectUnchanged(
  before: readonly string[],
  user: User,
  options: InventoryOptions = {},
  limit = 60_000,
): Promise<void> {
  const end = Date.now() + limit
  for (;;) {
    const after = await inventory(user, options)
    if (isDeepStrictEqual(after, before)) return
    if (Date.now() > end) throw new Error(`left behind or lost:\n${difference(before, after).join('\n')}`)
    await pause(200)
  }
}

/** What `after` has more (+) and less (-), counting repeated lines. */
export function difference(before: readonly string[], after: readonly string[]): string[] {
  const count = (lines: readonly string[], line: string): number => lines.filter((one) => one === line).length
  return [...new Set([...before, ...after])].sort().flatMap((line) => {
    const more = count(after, line) - count(before, line)
    return more === 0 ? [] : [`${more > 0 ? '+' : '-'} ${line}`]
  })
}

async function objectsOf(user: User, uri: string): Promise<string[]> {
  const list = async (args: readonly string[]): Promise<string[]> =>
    (await user.virsh(['-c', uri, ...args]))
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const machines = await list(['list', '--all', '--name'])
  const networks = await list(['net-list', '--all', '--name'])
  const pools = await list(['pool-list', '--all', '--name'])
  const running = await list(['pool-list', '--name'])
  const volumes = await Promise.all(
    running.map(async (pool) =>
      (await list(['vol-list', `--pool=${pool}`])).map((row) => `volume ${uri} ${pool}: ${row}`),
    ),
  )
  return [
    ...machines.map((name) => `machine ${uri} ${name}`),
    ...networks.map((name) => `network ${uri} ${name}`),
    ...pools.map((name) => `pool ${uri} ${name}`),
    ...volumes.flat(),
  ]
}

/** Files and folders below `folder`; with `uid` only those that belong to it. Logs grow: their size is left out. */
function filesUnder(folder: string, uid?: number): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    const found = statOf(path)
    if (found === undefined) return []
    const counts = uid === undefined || found.uid === uid
    if (entry.isDirectory()) return [...(counts ? [`file ${path} (folder)`] : []), ...filesUnder(path, uid)]
    const size = entry.isFile() && !path.endsWith('.log') ? ` ${found.size} bytes` : ''
    return counts ? [`file ${path}${size}`] : []
  })
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return [] // gone meanwhile, or not there at all
  }
}

function statOf(path: string): { uid: number; size: number } | undefined {
  return statSync(path, { throwIfNoEntry: false })
}

function processesOf(uid: number): string[] {
  return entriesOf('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry.name)) return []
    try {
      if (statSync(`/proc/${entry.name}`).uid !== uid) return []
      const name = readFileSync(`/proc/${entry.name}/comm`, 'utf8').trim()
      const words = readFileSync(`/proc/${entry.name}/cmdline`, 'utf8')
        .split('\0')
        .filter((word) => word !== '')
      return daemons.test(name) || words.length === 0 ? [] : [`process ${words.join(' ')}`]
    } catch {
      return [] // ended meanwhile
    }
  })
}

function descriptorsOf(pid: number): string[] {
  return entriesOf(`/proc/${pid}/fd`).flatMap((entry) => {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${entry.name}`)
      return [`descriptor of the host ${target.replace(/:\[\d+\]$/, '')}`]
    } catch {
      return []
    }
  })
}
