import { z } from 'zod'
import type { Connection } from '../model/connection.ts'
import type { WireError } from '../model/error.ts'
import { call, nothing, onConnection, connectionId } from './define.ts'

export const connectionRequests = {
  'connection.list': call(nothing)<readonly Connection[]>(),
  /** Remembers a URI and connects to it. Errors: uri-invalid (params.hint), already-exists. */
  'connection.add': call(z.strictObject({ uri: z.string().max(2_000), name: z.string().max(200).nullable() }))<Connection>(),
  /** Checks a URI as it is typed; null where it is fine. */
  'connection.check': call(z.strictObject({ uri: z.string().max(2_000) }))<WireError | null>(),
  'connection.connect': call(onConnection)<Connection>(),
  'connection.disconnect': call(onConnection)<Connection>(),
  'connection.remove': call(onConnection)<void>(),
  'connection.update': call(
    z.strictObject({ connection: connectionId, name: z.string().max(200).nullable().optional(), autoconnect: z.boolean().optional() }),
  )<Connection>(),
}
