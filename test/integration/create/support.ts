/** What the tests of creation share: a connection of the lab's root, its commands as they were noted, and small media. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CreationDependencies } from '../../../electron/create/dependencies.ts'
import { proposePlan } from '../../../electron/create/plan.ts'
import { createMachine, type CreationControl } from '../../../electron/create/run.ts'
import { connectionOpen } from '../../../electron/libvirt/connection.ts'
import type { LoggedCommand } from '../../../shared/model/command.ts'
import type { Message } from '../../../shared/model/job.ts'
import type { MachinePlan, PlanProposal } from '../../../shared/model/plan.ts'
import { asUser, inventory, type User } from '../../harness/index.ts'

export const uri = 'qemu:///system'
export const root: User = asUser('root')
export const images = '/var/lib/libvirt/images'
/** Where the tests keep what machines are made from. */
export const media = `${root.home}/Downloads`
/** A folder that is no pool's. */
export const disks = `${root.home}/disks`
export const MiB = 1024 ** 2

export interface Bench {
  readonly deps: CreationDependencies
  readonly commands: Omit<LoggedCommand, 'id'>[]
}

export async function openBench(): Promise<Bench> {
  const commands: Omit<LoggedCommand, 'id'>[] = []
  const target = { uri, connection: 'system', log: (entry: Omit<LoggedCommand, 'id'>) => void commands.push(entry) }
  const { capabilities } = await connectionOpen(target)
  mkdirSync(media, { recursive: true })
  return { commands, deps: { target, capabilities, settings: { acceleration: 'tcg' }, downloads: media, recent: [] } }
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

export const watched = (): Watched => ({ steps: [], percents: [], log: [] })

/** Machines, networks, pools, volumes and every file that a creation may write. */
export const everything = (): Promise<string[]> =>
  inventory(root, {
    connections: [uri],
    folders: [images, '/etc/libvirt/qemu', '/etc/libvirt/storage', '/var/lib/libvirt/qemu', '/run/vivero'],
    ignore: [/^process /, /\/\.cache(\/vivero(\/run)?)? \(folder\)$/, /master-key|monitor\.sock|\/var\/lib\/libvirt\/qemu\/(domain|channel)/],
  })

/** Takes every machine and pool away, and all images, so that each test begins with nothing. */
export function clear(): void {
  for (const uuid of lines(virsh('list', '--uuid'))) virsh('destroy', `--domain=${uuid}`)
  for (const uuid of lines(virsh('list', '--all', '--uuid'))) virsh('undefine', `--domain=${uuid}`, '--nvram', '--managed-save', '--snapshots-metadata')
  for (const uuid of lines(virsh('pool-list', '--uuid'))) virsh('pool-destroy', `--pool=${uuid}`)
  for (const uuid of lines(virsh('pool-list', '--all', '--uuid'))) virsh('pool-undefine', `--pool=${uuid}`)
  for (const uuid of lines(virsh('net-list', '--uuid'))) virsh('net-destroy', `--network=${uuid}`)
  for (const folder of [images, media]) {
    mkdirSync(folder, { recursive: true })
    execFileSync('find', [folder, '-mindepth', '1', '-delete'])
  }
  rmSync(disks, { recursive: true, force: true })
}
