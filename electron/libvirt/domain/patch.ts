/** Changing single values of a machine's stored document. https://libvirt.org/formatdomain.html */
import { AppError } from '../../../shared/model/error.ts'
import { attr, child, children, childText, ensureChild, remove, setAttr, setText, type XmlElement } from '../xml/document.ts'
import { kibOf } from '../xml/units.ts'

const beforeDescription = ['name', 'uuid', 'genid', 'title']

/** Null takes the words away. */
export function patchDescription(domain: XmlElement, what: 'title' | 'description', words: string | null): void {
  const present = child(domain, what)
  if (words === null || words === '') {
    if (present) remove(domain, present)
    return
  }
  setText(ensureChild(domain, what, { after: beforeDescription }), words)
}

/** Memory at the start, in KiB; the maximum grows with it. Errors: those of patchMaxMemory. */
export function patchMemory(domain: XmlElement, kib: number): void {
  if (kib > kibOf(child(domain, 'memory'))) putMaximum(domain, kib)
  putKib(ensureChild(domain, 'currentMemory', { after: ['memory'] }), kib)
}

/**
 * The most memory that it can have while it runs, in KiB; what it starts with shrinks to it. Errors: unsupported for a
 * machine whose memory is divided among NUMA cells or modules: libvirt adds those up itself.
 */
export function patchMaxMemory(domain: XmlElement, kib: number): void {
  const current = child(domain, 'currentMemory')
  if (current === undefined) putKib(ensureChild(domain, 'currentMemory', { after: ['memory'] }), Math.min(kib, kibOf(child(domain, 'memory'))))
  putMaximum(domain, kib)
  if (current && kibOf(current) > kib) putKib(current, kib)
}

function putMaximum(domain: XmlElement, kib: number): void {
  if (dividesMemory(domain)) throw new AppError('unsupported', { name: 'max-memory' }, 'the memory is divided among NUMA cells or modules')
  putKib(ensureChild(domain, 'memory', { after: ['metadata', 'description', 'title', 'uuid', 'name', 'maxMemory'] }), kib)
}

/** https://libvirt.org/formatdomain.html#cpu-model-and-topology (numa), #memory-devices */
export function dividesMemory(domain: XmlElement): boolean {
  return child(domain, 'cpu', 'numa') !== undefined || children(child(domain, 'devices'), 'memory').length > 0
}

function putKib(el: XmlElement, kib: number): void {
  setAttr(el, 'unit', 'KiB')
  setText(el, String(kib))
}

const maximumOf = (domain: XmlElement): number => Number(childText(domain, 'vcpu') ?? 1)

/** Processors at the start; the maximum grows with it. */
export function patchVcpus(domain: XmlElement, count: number): void {
  if (count > maximumOf(domain)) patchMaxVcpus(domain, count)
  setAttr(ensureChild(domain, 'vcpu', { after: beforeVcpu }), 'current', count === maximumOf(domain) ? null : count)
  dropSingles(domain)
}

/** The most processors that it can have while it runs; what it starts with shrinks to it. */
export function patchMaxVcpus(domain: XmlElement, count: number): void {
  const vcpu = ensureChild(domain, 'vcpu', { after: beforeVcpu })
  const current = Math.min(Number(attr(vcpu, 'current') ?? maximumOf(domain)), count)
  setText(vcpu, String(count))
  setAttr(vcpu, 'current', current === count ? null : current)
  dropSingles(domain)
}

const beforeVcpu = ['memory', 'currentMemory', 'memoryBacking', 'blkiotune', 'memtune', 'numatune']

/** Which of the processors are on: libvirt chooses anew from their number. */
function dropSingles(domain: XmlElement): void {
  const singles = child(domain, 'vcpus')
  if (singles) remove(domain, singles)
}

/** Sockets × cores × threads have to be the maximum of processors: threads stay where they divide it, else all are cores. */
export function fitTopology(domain: XmlElement): void {
  const topology = child(domain, 'cpu', 'topology')
  if (!topology) return
  const count = (name: string): number => Number(attr(topology, name) ?? 1)
  const maximum = maximumOf(domain)
  if (count('sockets') * count('dies') * count('clusters') * count('cores') * count('threads') === maximum) return
  const threads = maximum % count('threads') === 0 ? count('threads') : 1
  const sockets = maximum % (count('sockets') * threads) === 0 ? count('sockets') : 1
  for (const name of ['dies', 'clusters']) if (attr(topology, name) !== null) setAttr(topology, name, 1)
  setAttr(topology, 'sockets', sockets)
  setAttr(topology, 'cores', maximum / sockets / threads)
  setAttr(topology, 'threads', threads)
}
