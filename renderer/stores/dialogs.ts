/** Every dialog of the app, as data: opened by `dialogs.open({ kind, … })`, by a menu, or by `#/…?dialog=kind&…`. */
import type { ConnectionId } from '../../shared/model/connection.ts'
import type { Job } from '../../shared/model/job.ts'

export interface MachineRef {
  readonly connection: ConnectionId
  readonly uuid: string
}

export type Dialog =
  /** `media`: the file that it is made from, already chosen. */
  | { readonly kind: 'new-machine'; readonly connection: ConnectionId; readonly media?: string }
  | ({ readonly kind: 'delete-machine' } & MachineRef)
  | ({ readonly kind: 'change-media'; readonly target: string } & MachineRef)
  | ({ readonly kind: 'machine-xml' } & MachineRef)
  | ({ readonly kind: 'machine-log' } & MachineRef)
  | { readonly kind: 'new-network'; readonly connection: ConnectionId }
  | ({ readonly kind: 'edit-network' } & MachineRef)
  | { readonly kind: 'network-kinds' }
  | ({ readonly kind: 'network-xml' } & MachineRef)
  | ({ readonly kind: 'stop-network' } & MachineRef)
  | ({ readonly kind: 'restart-network' } & MachineRef)
  | ({ readonly kind: 'delete-network' } & MachineRef)
  | ({ readonly kind: 'pool-xml' } & MachineRef)
  | { readonly kind: 'new-pool'; readonly connection: ConnectionId }
  | ({ readonly kind: 'delete-pool' } & MachineRef)
  | ({ readonly kind: 'add-volume' } & MachineRef)
  | { readonly kind: 'add-connection' }
  | { readonly kind: 'remove-connection'; readonly connection: ConnectionId }
  | { readonly kind: 'connection-details'; readonly connection: ConnectionId }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }
  | { readonly kind: 'jobs' }
  | { readonly kind: 'closing'; readonly jobs: readonly Job[]; readonly runningMachines: number }

export type DialogKind = Dialog['kind']
export type DialogOf<K extends DialogKind> = Extract<Dialog, { kind: K }>

const fieldsOf: { readonly [K in DialogKind]: readonly string[] } = {
  'new-machine': ['connection'],
  'delete-machine': ['connection', 'uuid'],
  'change-media': ['connection', 'uuid', 'target'],
  'machine-xml': ['connection', 'uuid'],
  'machine-log': ['connection', 'uuid'],
  'new-network': ['connection'],
  'edit-network': ['connection', 'uuid'],
  'network-kinds': [],
  'network-xml': ['connection', 'uuid'],
  'stop-network': ['connection', 'uuid'],
  'restart-network': ['connection', 'uuid'],
  'delete-network': ['connection', 'uuid'],
  'pool-xml': ['connection', 'uuid'],
  'new-pool': ['connection'],
  'delete-pool': ['connection', 'uuid'],
  'add-volume': ['connection', 'uuid'],
  'add-connection': [],
  'remove-connection': ['connection'],
  'connection-details': ['connection'],
  shortcuts: [],
  about: [],
  jobs: [],
  closing: [],
}

/** Every kind there is. */
export const dialogKinds = Object.keys(fieldsOf) as readonly DialogKind[]

const isKind = (text: string): text is DialogKind => Object.hasOwn(fieldsOf, text)

/** The dialog that an address asks for (`dialog=kind&connection=…`), or null where it asks for none or lacks a field. Given `closing`: no address can say what goes on. */
export function dialogOfQuery(query: URLSearchParams, closing: Omit<DialogOf<'closing'>, 'kind'>): Dialog | null {
  const kind = query.get('dialog')
  if (!kind || !isKind(kind)) return null
  if (kind === 'closing') return { kind, ...closing }
  const fields = fieldsOf[kind].map((field) => [field, query.get(field)] as const)
  if (fields.some(([, value]) => !value)) return null
  return { kind, ...Object.fromEntries(fields) } as Dialog
}
