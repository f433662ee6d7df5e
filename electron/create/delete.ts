/** Deleting a machine: which of its files may go with it, and their removal. libvirt guards no file: this is the guard. */
import { rm, stat } from 'node:fs/promises'
import type { DeletionFile, DiskDevice } from '../../shared/model/domain.ts'
import { AppError, toWireError } from '../../shared/model/error.ts'
import { baseFromHeader, realPath, type BaseOf } from '../images/backing.ts'
import { filesOf, machineFiles, usageOf, type MachineFile, type MachineFiles, type Usage } from '../images/usage.ts'
import { commandLine } from '../libvirt/command-line.ts'
import { domainUndefine } from '../libvirt/domain/index.ts'
import { readCreatedFiles } from '../libvirt/domain/metadata.ts'
import { poolList, poolVolumes } from '../libvirt/pool/index.ts'
import type { Target } from '../libvirt/target.ts'
import { textOf, virshRead } from '../libvirt/virsh.ts'
import { volumeDelete } from '../libvirt/volume/index.ts'
import { attr, child, childText, children, parseXml, type XmlElement } from '../libvirt/xml/document.ts'
import { patienceFromNow, removedOnceBack } from './patience.ts'
import { imagesAbove, type VolumeFacts } from './images-above.ts'

export interface DeletionResult {
  readonly removed: readonly string[]
  /** What was not removed, with the code of the reason. */
  readonly kept: readonly { readonly path: string; readonly reason: string }[]
}

/** What is known when a machine is to be deleted. */
interface Scene {
  readonly domains: readonly XmlElement[]
  readonly created: ReadonlySet<string>
  readonly volumes: readonly VolumeFacts[]
  readonly others: Usage
}

/** Every file of a machine with its size; ticked is only what was made for it and stands under nothing else. Errors: not-found. */
export async function deletionFiles(target: Target, uuid: string): Promise<DeletionFile[]> {
  const scene = await readScene(target, uuid)
  return Promise.all(ownFiles(scene).map((file) => describe(file, scene)))
}

/**
 * Removes the machine, then those of the files that deletionFiles allows.
 * Errors: not-found, in-use (params.name) while the machine is on; a file that resists is answered among `kept`.
 */
export async function deleteMachine(target: Target, uuid: string, files: readonly string[]): Promise<DeletionResult> {
  const scene = await readScene(target, uuid)
  if (scene.domains.some((domain) => attr(domain, 'id') !== null)) throw new AppError('in-use', { name: nameOf(scene, uuid) })
  const known = await Promise.all(ownFiles(scene).map((file) => describe(file, scene)))
  const patience = patienceFromNow()
  await removedOnceBack(patience, () => domainUndefine(target, uuid))
  const removed: string[] = []
  const kept: { path: string; reason: string }[] = []
  for (const path of new Set(files)) {
    const file = known.find((candidate) => candidate.path === path)
    const reason = file?.allowed ? await removeFile(target, file, scene, patience) : (file?.reason ?? 'not-found')
    if (reason === null) removed.push(path)
    else kept.push({ path, reason })
  }
  return { removed, kept }
}

async function readScene(target: Target, uuid: string): Promise<Scene> {
  const pools = (await poolList(target)).filter((pool) => pool.active)
  const folders = new Map(pools.flatMap((pool) => (pool.path === null ? [] : [[pool.name, pool.path]])))
  const [documents, machines, lists] = await Promise.all([
    virshRead(target, [['dumpxml', `--domain=${uuid}`, '--inactive'], ['dumpxml', `--domain=${uuid}`]]),
    machineFiles(target, folders),
    Promise.all(pools.map((pool) => poolVolumes(target, pool.uuid, false).catch(() => []))),
  ])
  // a transient machine has no stored document
  const domains = documents.flatMap((answer) => (answer.ok ? [parseXml(answer.text)] : []))
  if (domains.length === 0) textOf(documents[1])
  const volumes = lists.flat()
  const bases = new Map(volumes.map((volume) => [volume.path, volume.backingPath]))
  const others: MachineFiles[] = machines.filter((machine) => machine.uuid !== uuid)
  return {
    domains,
    created: new Set(domains.flatMap(readCreatedFiles)),
    volumes,
    others: await usageOf(others, baseLookup(bases)),
  }
}

/** By the file's own header; where this user cannot read it, by what libvirt knows of the volume. */
function baseLookup(bases: ReadonlyMap<string, string | null>): BaseOf {
  return async (path) => (await baseFromHeader(path)) ?? bases.get(path) ?? null
}

const nameOf = ({ domains }: Scene, uuid: string): string => childText(domains[0], 'name') ?? uuid

/** The files that the machine names, and those made for it that it no longer names. */
function ownFiles(scene: Scene): MachineFile[] {
  const named = scene.domains.flatMap((domain) => filesOf(domain)).filter((file) => file.role !== 'base' && file.role !== 'boot')
  const detached = [...scene.created].map((path) => ({ path, role: 'disk' }))
  return [...new Map([...detached, ...named].map((file) => [file.path, file])).values()]
}

async function describe(file: MachineFile, scene: Scene): Promise<DeletionFile> {
  const facts = await stat(file.path).catch(() => null)
  const volume = scene.volumes.find((candidate) => candidate.path === file.path)
  const sizeBytes = facts ? facts.blocks * 512 : (volume?.allocationBytes ?? null)
  const common = { path: file.path, sizeBytes, device: deviceOf(file.role) }
  if (facts === null && !volume && file.role !== 'nvram') return { ...common, ticked: false, allowed: false, reason: 'missing', usedBy: [] }
  const above = [...(await scene.others.machinesAbove(file.path)).map((machine) => machine.name), ...(await imagesAbove(file.path, scene.volumes))]
  if (above.length > 0) return { ...common, ticked: false, allowed: false, reason: 'base-of', usedBy: [...new Set(above)] }
  const users = (await scene.others.usersOf(file.path)).map((machine) => machine.name)
  if (users.length > 0) return { ...common, ticked: false, allowed: false, reason: 'used-by', usedBy: users }
  const made = file.role === 'nvram' || scene.created.has(file.path)
  if (made) return { ...common, ticked: true, allowed: true, reason: 'made-for-this', usedBy: [] }
  return { ...common, ticked: false, allowed: true, reason: isReadOnly(file, scene) ? 'read-only' : 'was-there-before', usedBy: [] }
}

const roles: readonly string[] = ['disk', 'cdrom', 'floppy', 'lun', 'nvram']
const isDevice = (role: string): role is DiskDevice | 'nvram' => roles.includes(role)
const deviceOf = (role: string): DeletionFile['device'] => (isDevice(role) ? role : 'disk')

/** A disk that the machine may not write, or shares with others. */
function isReadOnly(file: MachineFile, { domains }: Scene): boolean {
  const disks = domains.flatMap((domain) => children(child(domain, 'devices'), 'disk'))
  return disks.some((disk) => attr(child(disk, 'source'), 'file') === file.path && (child(disk, 'readonly') ?? child(disk, 'shareable')) !== undefined)
}

/** Null where the file is gone afterwards, else the code of the reason. */
async function removeFile(target: Target, file: DeletionFile, scene: Scene, patience: number): Promise<string | null> {
  try {
    if (file.device === 'nvram') return null // went with the definition
    const real = await realPath(file.path)
    const volume = scene.volumes.find((candidate) => candidate.path === file.path || candidate.path === real)
    if (volume) await removedOnceBack(patience, () => volumeDelete(target, volume.path))
    else await unlinkNoted(target, file.path)
    return null
  } catch (problem) {
    return toWireError(problem).code
  }
}

/** A file that is in no pool goes by this user's own hand, and is noted like any other command. */
async function unlinkNoted(target: Target, path: string): Promise<void> {
  const started = Date.now()
  const note = (error: string | null): void =>
    target.log?.({
      connection: target.connection,
      line: commandLine(['rm', '--', path]),
      startedAt: new Date(started).toISOString(),
      milliseconds: Date.now() - started,
      ok: error === null,
      error,
    })
  try {
    await rm(path)
    note(null)
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem)
    note(detail)
    const missing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    throw new AppError(missing ? 'file-missing' : 'permission-denied', { path }, detail)
  }
}
