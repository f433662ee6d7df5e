/** The database of systems on this machine, read once and kept in memory. */
import { readdir, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { readSystemFile, type SystemRecord } from './records.ts'

export interface SystemDatabase {
  /** By id. */
  readonly systems: ReadonlyMap<string, SystemRecord>
}

/**
 * Folders of the database, later ones over earlier ones, as libosinfo has them:
 * https://gitlab.com/libosinfo/osinfo-db-tools (osinfo-path).
 */
export function databaseFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  return [
    env['OSINFO_SYSTEM_DIR'] ?? '/usr/share/osinfo',
    env['OSINFO_LOCAL_DIR'] ?? '/etc/osinfo',
    env['OSINFO_USER_DIR'] ?? join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'osinfo'),
  ]
}

/** Reads the folders; those that are missing count as empty. A file of a later folder stands for the one of the same name before. */
export async function readDatabase(folders: readonly string[]): Promise<SystemDatabase> {
  const files = new Map<string, string>()
  for (const folder of folders) {
    for (const name of await xmlFiles(join(folder, 'os'))) files.set(name, join(folder, 'os', name))
  }
  const systems = new Map<string, SystemRecord>()
  let count = 0
  for (const file of files.values()) {
    for (const record of readSystemFile(await readFile(file, 'utf8').catch(() => ''))) {
      const known = systems.get(record.id)
      systems.set(record.id, known ? merge(known, record) : record)
    }
    if (++count % 100 === 0) await setImmediate() // the host goes on answering meanwhile
  }
  return { systems }
}

async function xmlFiles(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.xml')).sort()
  } catch {
    return []
  }
}

/** Extensions (os/…/win-7.d/*.xml) say more about a system that another file describes. */
function merge(a: SystemRecord, b: SystemRecord): SystemRecord {
  return {
    id: a.id,
    shortIds: [...new Set([...a.shortIds, ...b.shortIds])],
    name: a.name || b.name,
    vendor: a.vendor ?? b.vendor,
    version: a.version ?? b.version,
    family: a.family ?? b.family,
    distro: a.distro ?? b.distro,
    codename: a.codename ?? b.codename,
    released: a.released ?? b.released,
    endOfLife: a.endOfLife ?? b.endOfLife,
    status: a.status ?? b.status,
    parents: [...a.parents, ...b.parents],
    devices: [...a.devices, ...b.devices],
    resources: [...a.resources, ...b.resources],
    firmware: [...a.firmware, ...b.firmware],
    media: [...a.media, ...b.media],
    downloads: [...a.downloads, ...b.downloads],
  }
}

let loaded: Promise<SystemDatabase> | null = null

/** The database of this machine; empty where osinfo-db is not installed, which blocks nothing. */
export function systemDatabase(): Promise<SystemDatabase> {
  loaded ??= readDatabase(databaseFolders()).then((database) => {
    if (database.systems.size === 0) loaded = null // it may be installed while the app runs
    return database
  })
  return loaded
}
