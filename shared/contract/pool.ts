import { z } from 'zod'
import type { Pool, Volume } from '../model/storage.ts'
import { call, connectionId, objectRef, onConnection, uuid } from './define.ts'

export const poolRequests = {
  'pool.list': call(onConnection)<readonly Pool[]>(),
  /** Volumes of a pool; refresh first reads the folder again. */
  'pool.volumes': call(z.strictObject({ connection: connectionId, uuid, refresh: z.boolean() }))<readonly Volume[]>(),
  'pool.start': call(objectRef)<void>(),
  /** Whether the pool starts with libvirt: with the host, or with the person's session. Errors: not-found, not-persistent. */
  'pool.set-autostart': call(z.strictObject({ connection: connectionId, uuid, autostart: z.boolean() }))<void>(),
  'pool.xml': call(objectRef)<{ readonly xml: string }>(),
}
