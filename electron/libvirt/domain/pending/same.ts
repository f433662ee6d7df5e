/**
 * Whether what runs is what the stored document asks for. libvirt writes into a running machine's document what it was
 * given at its start: ports, sockets, addresses, the model behind "like the host's". None of that waits for anything.
 */
import { waitingExtras } from '../../../../shared/model/card-extras.ts'
import type { DomainConfig, DomainDisk, DomainGraphics, DomainInterface } from '../../../../shared/model/domain.ts'

export const equal = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** "q35" stands for the newest of its kind: a machine that runs has the name with its version. */
export function sameMachineType(live: string | null, next: string | null): boolean {
  return live === next || live === null || next === null || kindOf(live) === next
}

const kindOf = (machine: string): string => machine.replace(/-\d+(\.\d+)*$/, '').replace(/^pc-(q35)$/, '$1').replace(/^pc-i440fx$/, 'pc')

/** "Like the host's" runs as a model with a name; what the emulator chose itself is no wish of the stored document. */
export function sameCpu(live: DomainConfig['cpu'], next: DomainConfig['cpu']): boolean {
  return sameModel(live, next) && equal(live.topology, next.topology)
}

function sameModel(live: DomainConfig['cpu'], next: DomainConfig['cpu']): boolean {
  const given = live.mode === 'host-passthrough' || live.mode === 'maximum'
  if (next.mode === null) return next.model === null ? !given : live.model === next.model
  if (next.mode === 'host-model') return !given
  return next.mode === (live.mode ?? 'custom') && (next.mode !== 'custom' || live.model === next.model)
}

/** Ports, sockets and addresses are given out at the start, save where the stored document names them. */
export function sameGraphics(live: readonly DomainGraphics[], next: readonly DomainGraphics[]): boolean {
  return live.length === next.length && next.every((one, index) => sameDisplay(live[index], one))
}

function sameDisplay(live: DomainGraphics | undefined, next: DomainGraphics): boolean {
  if (live?.type !== next.type) return false
  // without an address it is the one of qemu.conf, which may say a socket as well
  const free = next.listen === 'address' && next.address === null
  if (!free && live.listen !== next.listen) return false
  const asked = <T>(wanted: T | null, given: T | null): boolean => wanted === null || wanted === given
  if (next.listen !== 'address') return next.listen !== 'socket' || asked(next.socket, live.socket)
  return asked(next.address, live.address) && asked(next.port, live.port)
}

/** What a person can choose of a disk. A drive without a medium has no format. */
export const sameDisk = (live: DomainDisk, next: DomainDisk): boolean => equal(diskFacts(live), diskFacts(next))

function diskFacts(disk: DomainDisk): readonly unknown[] {
  const { device, bus, path, sourceName, format, readOnly, cache, discard } = disk
  const empty = path === null && sourceName === null
  return [device, bus, path, sourceName, empty ? null : format, readOnly, cache ?? 'default', discard ?? 'ignore']
}

/** What a person can choose of a network card, and what else its document says; its boot order is the machine's. */
export const sameCard = (live: DomainInterface, next: DomainInterface): boolean =>
  equal(cardFacts(live), cardFacts(next)) && waitingExtras(live, next).length === 0

function cardFacts({ type, source, model, linkUp, passt }: DomainInterface): readonly unknown[] {
  return [type, source, model, linkUp, passt ?? false]
}

/** Made by libvirt as others need them, or a second name of another device. */
const attendants: readonly string[] = ['controller', 'console', 'audio', 'hub', 'iommu']

/** Devices without a key of their own, by their element's name. */
export function otherDevices({ videos, serials, others }: DomainConfig): ReadonlyMap<string, DomainConfig['others']> {
  const all = [
    ...videos.map((fact) => ({ element: 'video', fact })),
    ...serials.map(({ type }) => ({ element: 'serial', fact: type })),
    ...others.filter(({ element }) => !attendants.includes(element)),
  ]
  const byElement = new Map<string, { readonly element: string; readonly fact: string | null }[]>()
  for (const one of all) byElement.set(one.element, [...(byElement.get(one.element) ?? []), one])
  return byElement
}

/** The order of devices of a kind is libvirt's; a USB device of the host gets its bus at the start. */
export function sameDevices(element: string, live: DomainConfig['others'], next: DomainConfig['others']): boolean {
  const fact = (word: string | null): string => (element === 'hostdev' ? (word ?? '').replace(/^usb .*/, 'usb') : (word ?? ''))
  const sorted = (list: DomainConfig['others']): string[] => list.map((one) => fact(one.fact)).sort()
  return equal(sorted(live), sorted(next))
}
