import type { Network, NetworkLease } from '../model/network.ts'
import { z } from 'zod'
import { call, connectionId, objectRef, onConnection, uuid } from './define.ts'

export const networkRequests = {
  'network.list': call(onConnection)<readonly Network[]>(),
  'network.leases': call(objectRef)<readonly NetworkLease[]>(),
  'network.start': call(objectRef)<void>(),
  /** Machines on it lose their network. Errors: network-missing, network-inactive. */
  'network.stop': call(objectRef)<void>(),
  /** Stops it where it is on, and forgets it. Errors: network-missing. */
  'network.delete': call(objectRef)<void>(),
  /** Whether the network starts with the host. Errors: network-missing; a transient one is refused in libvirt's own words. */
  'network.set-autostart': call(z.strictObject({ connection: connectionId, uuid, autostart: z.boolean() }))<void>(),
  'network.xml': call(objectRef)<{ readonly xml: string }>(),
}
