/** Which machines of a connection stand on which files. */
import type { Target } from '../libvirt/target.ts'
import { textOf, virshRead } from '../libvirt/virsh.ts'
import { attr, child, children, childText, parseXml, text, type XmlElement } from '../libvirt/xml/document.ts'
import { backingChain, baseFromHeader, realPath, type BaseOf } from './backing.ts'

export interface MachineFile {
  readonly path: string
  /** disk, cdrom, floppy, lun; "base" below a disk; "nvram", "boot" (kernel, initrd, loader). */
  readonly role: string
}

export interface MachineFiles {
  readonly uuid: string
  readonly name: string
  readonly title: string | null
  readonly files: readonly MachineFile[]
  /** Names of pools that its disks name instead of paths. */
  readonly pools: readonly string[]
}

/** Folder of a pool by its name, for disks that name a volume of a pool. */
export type PoolFolders = ReadonlyMap<string, string>

/** The files that every machine of the connection names, running or not. A machine that goes away meanwhile is left out. */
export async function machineFiles(target: Target, pools: PoolFolders = new Map()): Promise<MachineFiles[]> {
  const [list] = await virshRead(target, [['list', '--all', '--uuid']])
  const uuids = textOf(list).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const answers = await virshRead(target, uuids.flatMap((uuid) => [['dumpxml', `--domain=${uuid}`, '--inactive'], ['dumpxml', `--domain=${uuid}`]]))
  return uuids.flatMap((uuid, index) => {
    const documents = [answers[2 * index], answers[2 * index + 1]].flatMap((answer) => (answer?.ok ? [parseXml(answer.text)] : []))
    const [first] = documents
    if (!first) return []
    const files = documents.flatMap((document) => filesOf(document, pools))
    return [{ uuid, name: childText(first, 'name') ?? uuid, title: childText(first, 'title'), files: distinct(files), pools: [...new Set(documents.flatMap(poolsOf))] }]
  })
}

/** The pools that one machine's disks name, instead of paths: it does not start without them. https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms */
export function poolsOf(domain: XmlElement): string[] {
  const sources = children(child(domain, 'devices'), 'disk').map((disk) => attr(child(disk, 'source'), 'pool'))
  return [...new Set(sources.filter((pool) => pool !== null))]
}

/** The files that one machine's document names. */
export function filesOf(domain: XmlElement, pools: PoolFolders = new Map()): MachineFile[] {
  const devices = child(domain, 'devices')
  const os = child(domain, 'os')
  const disks = children(devices, 'disk').flatMap((disk) => diskFiles(disk, pools))
  const nvram = children(os, 'nvram').map((el) => ({ path: attr(child(el, 'source'), 'file') ?? text(el), role: 'nvram' }))
  const boot = ['kernel', 'initrd', 'loader', 'dtb'].flatMap((tag) => children(os, tag).map((el) => ({ path: text(el), role: 'boot' })))
  return [...disks, ...nvram, ...boot].filter((file) => file.path.startsWith('/'))
}

function diskFiles(disk: XmlElement, pools: PoolFolders): MachineFile[] {
  const device = attr(disk, 'device') ?? 'disk'
  const own = sourcePath(child(disk, 'source'), pools)
  const bases: MachineFile[] = []
  // of a running machine libvirt shows the whole chain
  for (let base = child(disk, 'backingStore'); base; base = child(base, 'backingStore')) {
    const path = sourcePath(child(base, 'source'), pools)
    if (path !== null) bases.push({ path, role: 'base' })
  }
  const mirror = sourcePath(child(disk, 'mirror', 'source'), pools)
  return [...(own === null ? [] : [{ path: own, role: device }]), ...bases, ...(mirror === null ? [] : [{ path: mirror, role: device }])]
}

function sourcePath(source: XmlElement | undefined, pools: PoolFolders): string | null {
  if (!source) return null
  const folder = pools.get(attr(source, 'pool') ?? '')
  const volume = attr(source, 'volume')
  return attr(source, 'file') ?? attr(source, 'dev') ?? (folder !== undefined && volume !== null ? `${folder}/${volume}` : null)
}

const distinct = (files: readonly MachineFile[]): MachineFile[] => [...new Map(files.map((file) => [`${file.role} ${file.path}`, file])).values()]

/** Answers which machines use a file; links and other spellings of a path make no difference. */
export interface Usage {
  /** Machines that name it themselves. */
  usersOf(path: string): Promise<readonly MachineFiles[]>
  /** Machines with a disk that stands on it as a base. */
  machinesAbove(path: string): Promise<readonly MachineFiles[]>
}

/** Gathers the use of files once, for many questions. */
export async function usageOf(machines: readonly MachineFiles[], baseOf: BaseOf = baseFromHeader): Promise<Usage> {
  const direct = new Map<string, MachineFiles[]>()
  const above = new Map<string, MachineFiles[]>()
  for (const machine of machines) {
    for (const file of machine.files) {
      const real = await realPath(file.path)
      add(file.role === 'base' ? above : direct, real, machine)
      if (file.role === 'disk' || file.role === 'lun') for (const base of await backingChain(real, baseOf)) add(above, base, machine)
    }
  }
  return {
    usersOf: async (path) => direct.get(await realPath(path)) ?? [],
    machinesAbove: async (path) => above.get(await realPath(path)) ?? [],
  }
}

function add(map: Map<string, MachineFiles[]>, key: string, machine: MachineFiles): void {
  const list = map.get(key) ?? []
  if (!list.includes(machine)) map.set(key, [...list, machine])
}
