/** Bridges and devices that a network makes or uses, and the size of its packets. */
import type { HostDevice, HostNetworking } from '../host-networking.ts'
import type { NetworkFinding, NetworkPlan } from '../network-plan.ts'
import { isOwnBridge, others, type Around } from './around.ts'
import { error, warning } from './finding.ts'
import { isDeviceName, LONGEST_DEVICE } from './text.ts'

/** libvirt lets these kinds alone leave by one device. */
export const takesDevice = (kind: NetworkPlan['kind']): boolean => kind === 'nat' || kind === 'route'

export function checkForwardDevice({ kind, forwardDevice }: NetworkPlan, { host }: Around): NetworkFinding[] {
  if (forwardDevice === null) return []
  const field = 'forwardDevice'
  if (!takesDevice(kind)) return kind === 'open' ? [error(field, 'device-not-open')] : []
  if (forwardDevice === '') return [error(field, 'device-empty')]
  const found = checkDevice(field, forwardDevice, host)
  const ways = (host?.devices ?? []).filter((one) => one.defaultRoute).map((one) => one.name)
  if (found.length > 0 || ways.length === 0 || ways.includes(forwardDevice)) return found
  return [warning(field, 'device-not-the-way', { device: forwardDevice, way: ways.join(', ') })]
}

/** It is there, and up; where the host is not known, its name could be one. */
function checkDevice(field: string, name: string, host: HostNetworking | null): NetworkFinding[] {
  if (!isDeviceName(name)) return [error(field, 'device-form', { max: LONGEST_DEVICE })]
  if (host === null) return []
  const device = deviceOf(name, host)
  if (!device) return [host.told === 'host' ? error(field, 'device-missing', { device: name }) : warning(field, 'device-untold', { device: name })]
  return device.up ? [] : [warning(field, 'device-down', { device: name })]
}

const deviceOf = (name: string, host: HostNetworking | null): HostDevice | undefined => host?.devices.find((one) => one.name === name)

/** The bridge that libvirt is to make. */
export function checkBridge({ bridge }: NetworkPlan, around: Around): NetworkFinding[] {
  if (bridge === '') return []
  if (!isDeviceName(bridge)) return [error('bridge', 'bridge-form', { max: LONGEST_DEVICE })]
  const owner = others(around).find((one) => one.bridge === bridge || one.next?.bridge === bridge)
  if (owner) return [error('bridge', 'bridge-of-network', { bridge, network: owner.name })]
  const own = around.networks.find((one) => one.uuid === around.own)
  const isItself = own?.bridge === bridge && isOwnBridge(own)
  return !isItself && (bridge === LOOPBACK || deviceOf(bridge, around.host)) ? [error('bridge', 'bridge-of-host', { bridge })] : []
}

/** Every host has it, and it is not among its devices here. */
const LOOPBACK = 'lo'

/** The host's bridge that machines are plugged into. */
export function checkHostBridge({ hostBridge }: NetworkPlan, around: Around): NetworkFinding[] {
  const field = 'hostBridge'
  if (hostBridge === '') return [error(field, 'host-bridge-empty')]
  const owner = around.networks.find((one) => isOwnBridge(one) && one.bridge === hostBridge)
  if (owner) return [error(field, 'host-bridge-of-network', { bridge: hostBridge, network: owner.name })]
  const found = checkDevice(field, hostBridge, around.host)
  const device = deviceOf(hostBridge, around.host)
  return device && device.kind !== 'bridge' ? [error(field, 'host-bridge-none', { device: hostBridge })] : found
}

/** The host's device that machines share. */
export function checkHostDevice({ hostDevice }: NetworkPlan, { host }: Around): NetworkFinding[] {
  const field = 'hostDevice'
  if (hostDevice === '') return [error(field, 'host-device-empty')]
  const found = checkDevice(field, hostDevice, host)
  const device = deviceOf(hostDevice, host)
  if (device?.master) return [error(field, 'host-device-in-bridge', { device: hostDevice, bridge: device.master })]
  return device?.kind === 'wireless' ? [...found, warning(field, 'host-device-wireless', { device: hostDevice })] : found
}

/** IPv4's and IPv6's least (RFC 791, 8200), and the most that a bridge takes. */
const sizes = { least: 68, least6: 1_280, most: 65_535 } as const

export function checkMtu({ mtu, ipv6 }: NetworkPlan): NetworkFinding[] {
  if (mtu === null) return []
  if (!Number.isInteger(mtu) || mtu < sizes.least || mtu > sizes.most) return [error('mtu', 'mtu-range', { least: sizes.least, most: sizes.most })]
  return ipv6 !== null && mtu < sizes.least6 ? [error('mtu', 'mtu-ipv6', { least: sizes.least6 })] : []
}
