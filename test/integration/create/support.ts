/** What the tests of creation share: a connection of the lab's root, its commands as they were noted, and small media. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CreationDependencies } from '../../../electron/create/dependencies.ts'
import { proposePlan } from '../../../electron/create/plan.ts'
import { createMachine, previewCommands, type CreationControl } from '../../../electron/create/run.ts'
import { connectionOpen } from '../../../electron/libvirt/connection.ts'
import type { HostCapabilities } from '../../../shared/model/connection.ts'
import type { LoggedCommand } from '../../../shared/model/command.ts'
import type { Message } from '../../../shared/model/job.ts'
import type { MachinePlan, PlanProposal } from '../../../shared/model/plan.ts'
import { asUser, inventory, requireLab, type User } from '../../harness/index.ts'

export const uri = 'qemu:///system'
export const root: User = asUser('root')
export const images = '/var/lib/libvirt/images'
/** Where the tests keep what machines are made from; open to QEMU's user. */
export const media = '/home/media'
/** A folder that is no pool's, open to QEMU's user too. */
export const disks = '/home/disks'
export const MiB = 1024 ** 2

export interface Bench {
  readonly deps: CreationDependencies
  readonly commands: Omit<LoggedCommand, 'id'>[]
}

let host: HostCapabilities | null = null

export async function openBench(): Promise<Bench> {
  const commands: Omit<LoggedCommand, 'id'>[] = []
  const target = { uri, connection: 'system', log: (entry: Omit<LoggedCommand, 'id'>) => void commands.push(entry) }
  host ??= (await connectionOpen(target)).capabilities
  mkdirSync(media, { recursive: true })
  return { commands, deps: { target, capabilities: host, settings: { acceleration: 'tcg' }, downloads: media, recent: [] } }
}

export const virsh = (...args: string[]): string => execFileSync('virsh', ['-q', '-c', uri, ...args], { encoding: 'utf8', stdio: 'pipe' })
export const lines = (output: string): string[] => output.split('\n').map((line) => line.trim()).filter((line) => line !== '')

export function image(path: string, size = '64M', ...more: string[]): string {
  mkdirSync(dirname(path), { recursive: true })
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', ...more, path, ...(more.includes('-b') ? [] : [size])])
  return path
}

export function iso(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  execFileSync('cp', ['/usr/lib/ipxe/ipxe.iso', path])
  return path
}

export async function propose(bench: Bench, path: string, change: Partial<MachinePlan> = {}, osId?: string | null): Promise<PlanProposal & { readonly plan: MachinePlan }> {
  const proposal = await proposePlan(bench.deps, { connection: 'system', path, osId })
  return { ...proposal, plan: { ...proposal.plan, memoryKiB: 64 * 1024, vcpus: 1, ...change } }
}

export interface Watched {
  readonly steps: Message[]
  readonly percents: number[]
  readonly log: string[]
}

export interface Interference {
  /** Called as a step begins, with the end of its key. */
  readonly at?: (step: string, abort: () => void) => void
  readonly onPercent?: (percent: number, abort: () => void) => void
}

/** Makes the machine, noting what a person would see of it. */
export function create(bench: Bench, plan: MachinePlan, seen: Watched = watched(), { at, onPercent }: Interference = {}): Promise<{ uuid: string }> {
  const stop = new AbortController()
  const control: CreationControl = {
    signal: stop.signal,
    step: (message) => {
      seen.steps.push(message)
      at?.(message.key.replace('creation:step.', ''), () => stop.abort())
    },
    progress: (done, _total, unit) => {
      if (unit !== 'percent') return
      seen.percents.push(done)
      onPercent?.(done, () => stop.abort())
    },
    log: (line) => void seen.log.push(line),
  }
  return createMachine(bench.deps, plan, control)
}

/** The same machine by the lines that were shown for it, save the last: it is not started, which is most of a creation's time. */
export async function createOff(bench: Bench, plan: MachinePlan): Promise<string> {
  const shown = await previewCommands(bench.deps, plan)
  const making = shown.filter((line) => !/^virsh -c \S+ start /.test(line))
  if (making.length !== shown.length - 1) throw new Error('no line starts the machine')
  execFileSync('bash', ['-e', '-c', making.join('\n')], { input: 'password\n', stdio: ['pipe', 'pipe', 'pipe'] })
  return virsh('domuuid', `--domain=${plan.name}`).trim()
}

export const watched = (): Watched => ({ steps: [], percents: [], log: [] })

/** Machines, networks, pools, volumes and every file that a creation may write. */
export const everything = (): Promise<string[]> =>
  inventory(root, {
    connections: [uri],
    folders: [media, disks, images, '/etc/libvirt/qemu', '/etc/libvirt/storage', '/var/lib/libvirt/qemu', '/run/vivero'],
    ignore: [/^process /, /\/\.cache(\/vivero(\/run)?)? \(folder\)$/, /master-key|monitor\.sock|\/var\/lib\/libvirt\/qemu\/(domain|channel)/],
  })

/** Takes every machine and pool away, and all images, so that each test begins with nothing. */
export function clear(): void {
  requireLab()
  const lists = ['list --uuid', 'list --all --uuid --persistent', 'pool-list --uuid', 'pool-list --all --uuid --persistent', 'net-list --uuid']
  const [running, machines, active, pools, networks] = virsh(lists.join('; echo end; ')).split('end').map(lines)
  const commands = [
    ...(running ?? []).map((uuid) => `destroy ${uuid}`),
    ...(machines ?? []).map((uuid) => `undefine ${uuid} --nvram --managed-save --snapshots-metadata`),
    ...(active ?? []).map((uuid) => `pool-destroy ${uuid}`),
    ...(pools ?? []).map((uuid) => `pool-undefine ${uuid}`),
    ...(networks ?? []).map((uuid) => `net-destroy ${uuid}`),
  ]
  if (commands.length > 0) virsh(commands.join('; '))
  for (const folder of [images, media]) {
    mkdirSync(folder, { recursive: true })
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  }
  rmSync(disks, { recursive: true, force: true })
}
