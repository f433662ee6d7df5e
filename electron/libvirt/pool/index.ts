/** Storage pools. https://libvirt.org/manpages/virsh.html#storage-pool-commands */
import type { Pool, PoolType, Volume } from '../../../shared/model/storage.ts'
import { isCode } from '../errors.ts'
import { uuidList, uuidSet } from '../lists.ts'
import type { Target } from '../target.ts'
import { withUuid } from '../uuid.ts'
import { textOf, virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../virsh.ts'
import { readVolume } from '../volume/read.ts'
import { volumeNames } from '../volume/rows.ts'
import { attr, buildXml, children, element, indented, parseXml } from '../xml/document.ts'
import { readPool } from './read.ts'

/** Every pool, on or off, in two virsh processes. One that goes away meanwhile is left out. */
export async function poolList(target: Target): Promise<readonly Pool[]> {
  return poolsByUuid(target, await poolUuids(target))
}

export async function poolUuids(target: Target): Promise<readonly string[]> {
  return uuidList(await virshReadOne(target, ['pool-list', '--uuid', '--all']))
}

const flagQueries = [
  ['pool-list', '--uuid'],
  ['pool-list', '--uuid', '--all', '--autostart'],
  ['pool-list', '--uuid', '--all', '--persistent'],
] as const

/** These pools, in one virsh process; those that are not (or no longer) there are left out. */
export async function poolsByUuid(target: Target, uuids: readonly string[]): Promise<readonly Pool[]> {
  if (uuids.length === 0) return []
  const answers = await virshRead(target, [...flagQueries, ...uuids.map((uuid) => ['pool-dumpxml', `--pool=${uuid}`])])
  const [active, autostart, persistent] = answers.slice(0, flagQueries.length).map(uuidSet)
  return uuids.flatMap((uuid, index): Pool[] => {
    const answer = answers[flagQueries.length + index]
    if (answer && !answer.ok && isCode(answer.error, 'not-found')) return []
    const flag = (set: ReadonlySet<string> | undefined): boolean => set?.has(uuid) ?? false
    const facts = readPool(parseXml(textOf(answer)))
    return [{ connection: target.connection, uuid, active: flag(active), autostart: flag(autostart), persistent: flag(persistent), ...facts }]
  })
}

/**
 * The volumes of a pool; `refresh` first reads the folder again, for files that came by other ways. A file that goes
 * away meanwhile is left out. Errors: not-found, pool-inactive, folder-missing.
 */
export async function poolVolumes(target: Target, uuid: string, refresh: boolean): Promise<readonly Volume[]> {
  if (refresh) await poolRefresh(target, uuid)
  const [xml, rows] = await virshRead(target, [['pool-dumpxml', `--pool=${uuid}`], ['vol-list', `--pool=${uuid}`]])
  const names = volumeNames(textOf(rows), readPool(parseXml(textOf(xml))).path)
  const answers = await virshRead(target, names.map((name) => ['vol-dumpxml', `--pool=${uuid}`, `--vol=${name}`]))
  const volumes = answers.flatMap((answer) => (answer.ok ? [readVolume(parseXml(answer.text))] : []))
  return [...new Map(volumes.map((volume) => [volume.path, volume])).values()]
}

/** Reads the folder again. Not noted: it changes nothing that is kept. */
export async function poolRefresh(target: Target, uuid: string): Promise<void> {
  await virshReadOne(target, ['pool-refresh', `--pool=${uuid}`], { timeoutMs: 120_000 })
}

/** The stored document, without secrets. Errors: not-found. */
export async function poolXml(target: Target, uuid: string): Promise<string> {
  return virshReadOne(target, ['pool-dumpxml', `--pool=${uuid}`, '--inactive'])
}

/** The kinds of pools that libvirt knows, and whether each back end is installed. https://libvirt.org/formatstoragecaps.html Errors: unsupported (drivers other than QEMU). */
export async function poolTypes(target: Target): Promise<readonly PoolType[]> {
  const root = parseXml(await virshReadOne(target, ['pool-capabilities']))
  const types = children(root, 'pool').map((pool) => ({ type: attr(pool, 'type') ?? '', supported: attr(pool, 'supported') === 'yes' }))
  return types.toSorted((a, b) => Number(b.supported) - Number(a.supported))
}

export interface FolderPoolSpec {
  readonly name: string
  /** Absolute: libvirt keeps a `~` as it stands. */
  readonly path: string
  /** For tests and previews; a new one where not given. */
  readonly uuid?: string
}

/** The document of a pool that is a folder. */
export function buildFolderPool(spec: FolderPoolSpec): string {
  const uuid = spec.uuid === undefined ? null : element('uuid', {}, spec.uuid)
  const target = element('target', {}, element('path', {}, spec.path))
  return buildXml(indented(element('pool', { type: 'dir' }, element('name', {}, spec.name), uuid, target)))
}

/** Defines a pool that is a folder; answers its UUID. Errors: name-taken, name-invalid, pool-conflict (params.pool has that folder). */
export async function poolDefine(target: Target, spec: FolderPoolSpec): Promise<string> {
  const { document, uuid } = withUuid(buildFolderPool(spec), 'pool')
  await virshWriteDocument(target, poolDefineArguments, document)
  return uuid
}

/** The command that poolDefine runs, without its file. */
export const poolDefineArguments: readonly string[] = ['pool-define']

/** Makes the folder. Errors: permission-denied. */
export async function poolBuild(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['pool-build', `--pool=${uuid}`])
}

/** Errors: already-active, folder-missing, permission-denied. */
export async function poolStart(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['pool-start', `--pool=${uuid}`])
}

/** Whether the pool starts with libvirt itself; no event tells of it. Errors: not-found, not-persistent (a pool that is not kept). */
export async function poolAutostart(target: Target, uuid: string, on: boolean): Promise<void> {
  await virshWrite(target, ['pool-autostart', `--pool=${uuid}`, ...(on ? [] : ['--disable'])])
}

/** Stops the pool; its files stay. Errors: not-active. */
export async function poolDestroy(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['pool-destroy', `--pool=${uuid}`])
}

/** Forgets the pool; its files stay. Errors: in-use while it is on. */
export async function poolUndefine(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['pool-undefine', `--pool=${uuid}`])
}

/** Removes the folder of a stopped pool. Errors: folder-not-empty. */
export async function poolDelete(target: Target, uuid: string): Promise<void> {
  await virshWrite(target, ['pool-delete', `--pool=${uuid}`])
}
