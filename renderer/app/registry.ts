/** Every page and every dialog of the app, as data: drives the router, the pictures (`npm run shots`) and the axe check. */
import type { DialogKind } from '../stores/dialogs.ts'
import { paths } from './paths.ts'

export type PageName = 'machines' | 'machine' | 'networks' | 'storage' | 'library' | 'settings'

export interface RouteEntry {
  readonly id: string
  readonly page: PageName
  readonly pattern: string
  /** An address of this page where there is something to see. */
  readonly example: (subject: Subject) => string
}

/** What a picture is taken of. */
export interface Subject {
  readonly connection: string
  /** A running machine. */
  readonly machine: string
  /** A machine that is off. */
  readonly idleMachine: string
  /** A machine with a CD drive, and the drive's target. */
  readonly driveMachine: string
  readonly drive: string
  /** A connection with networks, and one of them. */
  readonly networks: string
  readonly network: string
  readonly pool: string
  /** A connection that can be removed. */
  readonly removable: string
}

export const routes = [
  { id: 'all-machines', page: 'machines', pattern: '/machines', example: () => paths.allMachines() },
  { id: 'machines', page: 'machines', pattern: '/c/:connection/machines', example: (s) => paths.machines(s.connection) },
  {
    id: 'machine-console',
    page: 'machine',
    pattern: '/c/:connection/machines/:uuid/console',
    example: (s) => paths.machine(s.connection, s.machine, 'console'),
  },
  {
    id: 'machine-details',
    page: 'machine',
    pattern: '/c/:connection/machines/:uuid/details',
    example: (s) => paths.machine(s.connection, s.machine, 'details'),
  },
  { id: 'networks', page: 'networks', pattern: '/c/:connection/networks', example: (s) => paths.networks(s.networks) },
  {
    id: 'network',
    page: 'networks',
    pattern: '/c/:connection/networks/:uuid',
    example: (s) => paths.network(s.networks, s.network),
  },
  { id: 'storage', page: 'storage', pattern: '/c/:connection/storage', example: (s) => paths.storage(s.connection) },
  { id: 'pool', page: 'storage', pattern: '/c/:connection/storage/:uuid', example: (s) => paths.pool(s.connection, s.pool) },
  { id: 'library', page: 'library', pattern: '/library', example: () => paths.library() },
  { id: 'settings', page: 'settings', pattern: '/settings', example: () => paths.settings() },
] as const satisfies readonly RouteEntry[]

export type RouteId = (typeof routes)[number]['id']

export interface DialogEntry {
  /** The page under it. */
  readonly over: (subject: Subject) => string
  /** Fields of the dialog in the address, beside `dialog=kind`. */
  readonly fields: (subject: Subject) => Readonly<Record<string, string>>
}

const onConnection = (s: Subject) => ({ connection: s.connection })

export const dialogs: { readonly [K in DialogKind]: DialogEntry } = {
  'new-machine': { over: (s) => paths.machines(s.connection), fields: onConnection },
  'delete-machine': {
    over: (s) => paths.machines(s.connection),
    fields: (s) => ({ connection: s.connection, uuid: s.idleMachine }),
  },
  'change-media': {
    over: (s) => paths.machine(s.connection, s.driveMachine, 'details'),
    fields: (s) => ({ connection: s.connection, uuid: s.driveMachine, target: s.drive }),
  },
  'machine-xml': {
    over: (s) => paths.machine(s.connection, s.machine, 'details'),
    fields: (s) => ({ connection: s.connection, uuid: s.machine }),
  },
  'machine-log': {
    over: (s) => paths.machine(s.connection, s.machine, 'details'),
    fields: (s) => ({ connection: s.connection, uuid: s.machine }),
  },
  'new-network': { over: (s) => paths.networks(s.networks), fields: (s) => ({ connection: s.networks }) },
  'edit-network': {
    over: (s) => paths.network(s.networks, s.network),
    fields: (s) => ({ connection: s.networks, uuid: s.network }),
  },
  'network-kinds': { over: (s) => paths.networks(s.networks), fields: () => ({}) },
  'network-xml': {
    over: (s) => paths.network(s.networks, s.network),
    fields: (s) => ({ connection: s.networks, uuid: s.network }),
  },
  'stop-network': {
    over: (s) => paths.network(s.networks, s.network),
    fields: (s) => ({ connection: s.networks, uuid: s.network }),
  },
  'restart-network': {
    over: (s) => paths.network(s.networks, s.network),
    fields: (s) => ({ connection: s.networks, uuid: s.network }),
  },
  'delete-network': {
    over: (s) => paths.network(s.networks, s.network),
    fields: (s) => ({ connection: s.networks, uuid: s.network }),
  },
  'new-pool': { over: (s) => paths.storage(s.connection), fields: onConnection },
  'delete-pool': { over: (s) => paths.pool(s.connection, s.pool), fields: (s) => ({ connection: s.connection, uuid: s.pool }) },
  'add-volume': { over: (s) => paths.pool(s.connection, s.pool), fields: (s) => ({ connection: s.connection, uuid: s.pool }) },
  'pool-xml': { over: (s) => paths.pool(s.connection, s.pool), fields: (s) => ({ connection: s.connection, uuid: s.pool }) },
  'add-connection': { over: () => paths.allMachines(), fields: () => ({}) },
  'remove-connection': { over: () => paths.allMachines(), fields: (s) => ({ connection: s.removable }) },
  'connection-details': { over: () => paths.allMachines(), fields: (s) => ({ connection: s.networks }) },
  shortcuts: { over: () => paths.allMachines(), fields: () => ({}) },
  about: { over: () => paths.allMachines(), fields: () => ({}) },
  jobs: { over: () => paths.allMachines(), fields: () => ({}) },
  closing: { over: () => paths.allMachines(), fields: () => ({}) },
}

/** The address that opens a dialog over its page. */
export function dialogAddress(kind: DialogKind, subject: Subject): string {
  const entry = dialogs[kind]
  return `${entry.over(subject)}?${new URLSearchParams({ dialog: kind, ...entry.fields(subject) })}`
}
