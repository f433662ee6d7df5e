/** Pure rules of forwarded ports. https://www.qemu.org/docs/master/system/invocation.html#hxtool-5 (hostfwd) */
import { parseAddress } from '../lib/subnets.ts'
import type { PortForward } from './card.ts'

export const LOOPBACK = '127.0.0.1'
export const EVERYWHERE = '0.0.0.0'

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 65_535

/** Whether every part is a number or an address and nothing else: it becomes part of a command of QEMU's monitor. */
export function isForward(forward: PortForward): boolean {
  const { protocol, hostAddress, hostPort, guestPort } = forward
  return (protocol === 'tcp' || protocol === 'udp') && parseAddress(hostAddress)?.family === 'ipv4' && isPort(hostPort) && isPort(guestPort)
}

/** By what a forward is known on the host: no two can be the same. */
export const forwardKey = ({ protocol, hostAddress, hostPort }: PortForward): string => `${protocol}:${hostAddress}:${hostPort}`

export const sameForward = (one: PortForward, other: PortForward): boolean => forwardKey(one) === forwardKey(other) && one.guestPort === other.guestPort

/** Both want the same port of the same address; 0.0.0.0 is all of them. */
export function forwardsClash(one: PortForward, other: PortForward): boolean {
  const address = one.hostAddress === other.hostAddress || one.hostAddress === EVERYWHERE || other.hostAddress === EVERYWHERE
  return one.protocol === other.protocol && one.hostPort === other.hostPort && address
}

export type ForwardFinding = 'address' | 'host-port' | 'guest-port' | 'twice'

/** What is wrong with a forward that is to be added to these, by its field; null where nothing is. `cards:ports.finding.<code>` */
export function checkForward(forward: PortForward, others: readonly PortForward[]): ForwardFinding | null {
  if (parseAddress(forward.hostAddress)?.family !== 'ipv4') return 'address'
  if (!isPort(forward.hostPort)) return 'host-port'
  if (!isPort(forward.guestPort)) return 'guest-port'
  return others.some((one) => forwardsClash(one, forward)) ? 'twice' : null
}

/** Ports below this one are root's on most hosts. */
export const FIRST_FREE_PORT = 1_024

/** The port of the host that is proposed for one of the guest: 2222 for 22, 8080 for 80, else the next free one. */
export function proposeHostPort(guestPort: number, used: readonly PortForward[]): number {
  const usual: Readonly<Record<number, number>> = { 22: 2_222, 80: 8_080, 443: 8_443 }
  const free = (port: number): boolean => !used.some((one) => one.hostPort === port)
  const wished = usual[guestPort] ?? (guestPort >= FIRST_FREE_PORT ? guestPort : guestPort + 8_000)
  for (let port = wished; port <= 65_535; port++) if (free(port)) return port
  return wished
}
