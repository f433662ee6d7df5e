/** What the tests of networks share: plans as the form makes them, networks that go away again, and virsh's own word on them. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll } from 'vitest'
import { createNetwork, networkAround } from '../../../electron/create/new-network.ts'
import { networkList } from '../../../electron/libvirt/network/index.ts'
import type { NetworkPlan, PlannedKind } from '../../../shared/model/network-plan.ts'
import { proposeNetwork } from '../../../shared/model/network-proposal.ts'
import type { Network } from '../../../shared/model/network.ts'
import { lines, logging, virsh } from '../libvirt/objects.ts'
import { clear } from './support.ts'

export const target = logging()

export async function planOf(kind: PlannedKind, change: Partial<NetworkPlan> = {}, dhcp = true): Promise<NetworkPlan> {
  return { ...proposeNetwork(target.connection, kind, await networkAround(target), dhcp), ...change }
}

/** Makes it as the form does; answers it as the app reads it. */
export async function made(kind: PlannedKind, change: Partial<NetworkPlan> = {}, dhcp = true): Promise<Network> {
  const { uuid } = await createNetwork(target, await planOf(kind, change, dhcp))
  return networkOf(uuid)
}

export async function networkOf(uuid: string): Promise<Network> {
  const network = (await networkList(target)).find((one) => one.uuid === uuid)
  if (!network) throw new Error(`no network ${uuid}`)
  return network
}

/** `net-info` as "State: yes Active: yes…". */
export const info = (uuid: string): string => virsh('net-info', `--network=${uuid}`).replace(/\s+/g, ' ')
export const xmlOf = (uuid: string, ...flags: string[]): string => virsh('net-dumpxml', `--network=${uuid}`, ...flags)
export const ip = (...words: string[]): string => execFileSync('ip', words, { encoding: 'utf8', stdio: 'pipe' })
/** Words that make devices, undone in reverse by the answer; in the lab's own network namespace. */
export function device(name: string, ...words: string[]): () => void {
  ip('link', 'add', name, ...words)
  ip('link', 'set', name, 'up')
  return () => void ip('link', 'delete', name)
}

/** Every network but `default` goes; `default` is switched off. */
export function clearNetworks(): void {
  for (const uuid of lines(virsh('net-list', '--uuid'))) virsh('net-destroy', `--network=${uuid}`)
  for (const uuid of lines(virsh('net-list', '--all', '--uuid'))) if (!xmlOf(uuid).includes('<name>default</name>')) virsh('net-undefine', `--network=${uuid}`)
}

/** Names of all networks, and of all bridges of libvirt's own. */
export const traces = (): string[] => [...lines(virsh('net-list', '--all', '--name')), ...ip('-o', 'link', 'show', 'type', 'bridge').split('\n').map((line) => line.split(': ')[1] ?? '')].filter((one) => one !== '').sort()

/** For a file of tests: nothing there but `default`, and a card and a bridge of the host's, ph0 and br0; gone after it. */
export function withHostDevices(): void {
  const undo: (() => void)[] = []
  beforeAll(() => {
    clear()
    clearNetworks()
    undo.push(device('ph0', 'type', 'veth', 'peer', 'name', 'ph1'), device('br0', 'type', 'bridge'))
  })
  afterAll(() => {
    clearNetworks()
    for (const one of undo.reverse()) one()
  })
}
