import type { Network, NetworkLease } from '../model/network.ts'
import { call, objectRef, onConnection } from './define.ts'

export const networkRequests = {
  'network.list': call(onConnection)<readonly Network[]>(),
  'network.leases': call(objectRef)<readonly NetworkLease[]>(),
  'network.start': call(objectRef)<void>(),
  'network.xml': call(objectRef)<{ readonly xml: string }>(),
}
