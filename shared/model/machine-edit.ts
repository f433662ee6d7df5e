/** What a person changes of a machine, and pure rules about it: what may be, and when it takes effect. */
import { isXmlText, utf8Length } from '../lib/text.ts'
import type { HostCapabilities } from './connection.ts'
import type { BootEntry, DomainConfig, DomainDetails } from './domain.ts'
import { isActive } from './domain-rules.ts'

/** Memory in KiB: what it starts with, and the most that it can be given while it runs. */
export interface MemoryEdit {
  readonly kib: number
  readonly maxKib: number
}

/** Processors: how many it starts with, and the most that can be plugged in while it runs. */
export interface CpusEdit {
  readonly count: number
  readonly max: number
}

/** By kinds (`<os><boot>`), or by single devices (`<boot order>`); libvirt takes only one of the two. */
export interface BootOrder {
  readonly by: 'kinds' | 'devices'
  readonly entries: readonly BootEntry[]
}

/** What is named is changed; null takes words away. */
export interface MachineEdit {
  readonly title?: string | null | undefined
  readonly description?: string | null | undefined
  readonly name?: string | undefined
  readonly memory?: MemoryEdit | undefined
  readonly vcpus?: CpusEdit | undefined
  readonly boot?: BootOrder | undefined
  readonly autostart?: boolean | undefined
}

/** What the host has now; null where libvirt does not say. */
export interface EditLimits {
  readonly memoryKiB: number | null
  readonly freeMemoryKiB: number | null
  readonly cpus: number | null
  /** The memory is divided among NUMA cells or modules, whose sum is its maximum. */
  readonly memoryDivided: boolean
}

/** The sentence is `findings:<code>`. */
export interface EditFinding {
  readonly level: 'error' | 'warning'
  readonly field: keyof MachineEdit
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** Less than any system starts with. */
export const leastMemoryKiB = 32 * 1024
/** libvirt keeps a machine in a file NAME.xml, and file systems hold 255 bytes in a name. */
const longestName = 255 - '.xml.new'.length

export interface EditScene {
  readonly details: Pick<DomainDetails, 'uuid' | 'name' | 'live' | 'config'>
  readonly machines: readonly { readonly uuid: string; readonly name: string; readonly title: string | null }[]
  readonly limits: EditLimits | null
}

/** What libvirt would refuse, or a person regret. */
export function checkEdit(edit: MachineEdit, scene: EditScene): readonly EditFinding[] {
  return [...nameFindings(edit, scene), ...titleFindings(edit, scene), ...memoryFindings(edit, scene), ...cpuFindings(edit, scene), ...bootFindings(edit)]
}

export const canSave = (findings: readonly EditFinding[]): boolean => !findings.some((finding) => finding.level === 'error')

const error = (field: EditFinding['field'], code: string, params: EditFinding['params'] = {}): EditFinding => ({ level: 'error', field, code, params })
const warning = (field: EditFinding['field'], code: string, params: EditFinding['params'] = {}): EditFinding => ({ level: 'warning', field, code, params })

function nameFindings({ name }: MachineEdit, { details, machines }: EditScene): EditFinding[] {
  if (name === undefined || name === details.name) return []
  if (name.trim() === '') return [error('name', 'name-empty')]
  const found: EditFinding[] = []
  // libvirt 9.0 looks for the folders of a machine of that name: those of all machines
  if (name === '.' || name === '..') found.push(error('name', 'name-dots'))
  if (name.includes('/')) found.push(error('name', 'name-slash'))
  if (/[\n\r]/.test(name)) found.push(error('name', 'name-newline'))
  else if (!isXmlText(name)) found.push(error('name', 'name-control'))
  if (utf8Length(name) > longestName) found.push(error('name', 'name-long', { max: longestName }))
  if (machines.some((one) => one.uuid !== details.uuid && one.name === name)) found.push(error('name', 'name-taken', { name }))
  if (/^\d+$/.test(name)) found.push(warning('name', 'name-number', { name }))
  return found
}

function titleFindings({ title }: MachineEdit, { details, machines }: EditScene): EditFinding[] {
  if (title === undefined || title === null || title === '') return []
  if (/[\n\r]/.test(title)) return [error('title', 'title-newline')]
  if (!isXmlText(title)) return [error('title', 'title-control')]
  return machines.some((one) => one.uuid !== details.uuid && one.title === title) ? [warning('title', 'title-taken', { title })] : []
}

/** What it has already is never refused: another program may have given it more than this host has. */
function memoryFindings({ memory }: MachineEdit, { details, limits }: EditScene): EditFinding[] {
  if (!memory) return []
  const now = details.config ?? details.live
  const least = Math.min(leastMemoryKiB, now?.memoryKiB ?? leastMemoryKiB)
  if (memory.kib < least) return [error('memory', 'memory-under-least', { memoryKiB: memory.kib, leastKiB: least })]
  if (memory.kib > memory.maxKib) return [error('memory', 'memory-over-max', { memoryKiB: memory.kib, maxKiB: memory.maxKib })]
  if (limits?.memoryDivided && memory.maxKib !== now?.maxMemoryKiB) return [error('memory', 'memory-divided')]
  const host = Math.max(limits?.memoryKiB ?? Infinity, now?.maxMemoryKiB ?? 0)
  if (memory.maxKib > host) return [error('memory', 'memory-over-host', { memoryKiB: memory.maxKib, hostKiB: host })]
  const taken = details.live?.memoryKiB ?? 0
  const free = limits?.freeMemoryKiB ?? Infinity
  if (memory.kib > taken && memory.kib - taken > free) return [warning('memory', 'memory-over-free', { memoryKiB: memory.kib, freeKiB: free + taken })]
  return []
}

function cpuFindings({ vcpus }: MachineEdit, { details, limits }: EditScene): EditFinding[] {
  if (!vcpus) return []
  if (vcpus.count < 1) return [error('vcpus', 'cpus-none')]
  if (vcpus.count > vcpus.max) return [error('vcpus', 'cpus-over-max', { cpus: vcpus.count, max: vcpus.max })]
  const host = Math.max(limits?.cpus ?? Infinity, (details.config ?? details.live)?.maxVcpus ?? 0)
  return vcpus.max > host ? [error('vcpus', 'cpus-over-host', { cpus: vcpus.max, host })] : []
}

const bootFindings = ({ boot }: MachineEdit): EditFinding[] => (boot?.entries.length === 0 ? [error('boot', 'boot-none')] : [])

/**
 * now: at once; next-start: when it is shut down and started again; start: when it is started (it is off); after-saved: it
 * is saved, and its next start goes on with the old values.
 */
export type EditEffect = 'now' | 'next-start' | 'start' | 'after-saved'

type Running = Pick<DomainDetails, 'state' | 'saved' | 'live'>

const effect = ({ state, saved }: Running, now: boolean): EditEffect => {
  if (isActive({ state })) return now ? 'now' : 'next-start'
  return saved ? 'after-saved' : 'start'
}

/** Memory is changed while it runs up to its maximum, through the balloon. */
export function memoryEffect(machine: Running, memory: MemoryEdit): EditEffect {
  return effect(machine, machine.live !== null && canBalloon(machine.live, memory.kib))
}

export function canBalloon(live: DomainConfig, kib: number): boolean {
  return kib <= live.maxMemoryKiB && hasBalloon(live)
}

export const hasBalloon = ({ others }: Pick<DomainConfig, 'others'>): boolean => others.some(({ element, fact }) => element === 'memballoon' && fact !== 'none')

/**
 * What a running machine should have, in KiB, where its guest has all that there is and has given nothing back; else null.
 * That waits for no restart: every start gives the guest all of it, and asks for the rest back. A system that is starting,
 * or has no driver of the balloon, keeps it. (QEMU's `balloon` command; libvirt's live currentMemory is what the guest has.)
 */
export function heldMemory({ live, config: next }: Pick<DomainDetails, 'live' | 'config'>): number | null {
  if (!live || !next || !hasBalloon(live) || !hasBalloon(next)) return null
  const whole = live.memoryKiB === live.maxMemoryKiB && live.maxMemoryKiB === next.maxMemoryKiB
  return whole && next.memoryKiB < live.memoryKiB ? next.memoryKiB : null
}

/** Processors are plugged in while it runs up to its maximum; taking one out needs a guest that lets go of it. */
export function cpusEffect(machine: Running, vcpus: CpusEdit): EditEffect {
  return effect(machine, machine.live !== null && canPlugCpus(machine.live, vcpus.count))
}

export function canPlugCpus(live: DomainConfig, count: number): boolean {
  return count >= live.vcpus && count <= live.maxVcpus
}

/** What only a start decides: the maxima and the boot order. */
export const startEffect = (machine: Running): EditEffect => effect(machine, false)

/** Whether an edit can be tried at all, of what the host says. */
export function limitsOf(host: HostCapabilities | null, freeMemoryKiB: number | null, memoryDivided: boolean): EditLimits {
  return { memoryKiB: host?.memoryKiB ?? null, freeMemoryKiB, cpus: host?.cpus ?? null, memoryDivided }
}
