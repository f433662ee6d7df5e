/** The one store of the page. Fed by the event bridge; read with `useAppStore(selector)`, and outside React by `appStore`. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LinkState } from '../api/transport.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { Connection, ConnectionId } from '../../shared/model/connection.ts'
import type { DomainSummary } from '../../shared/model/domain.ts'
import type { Dialog } from './dialogs.ts'
import { domainKey, emptyData, type Data } from './updates.ts'

/** What is on screen, as the address says. */
export interface View {
  readonly page: string
  readonly connection: ConnectionId | null
  readonly uuid: string | null
}

/** How machines are listed; "auto" is a grid up to twenty machines, a table above. */
export type ListStyle = 'auto' | 'grid' | 'table'

export interface AppState extends Data {
  readonly link: LinkState
  /** Null until the host has answered. */
  readonly info: AppInfo | null
  /** Open dialogs, the last one on top. */
  readonly dialogs: { readonly stack: readonly Dialog[]; open(dialog: Dialog): void; close(): void }
  readonly view: View
  /** What is typed into the header's search; each list shows what matches. */
  readonly search: string
  readonly listStyle: ListStyle
  readonly sidebarFolded: boolean
  /** Connections whose entries are folded in the sidebar. */
  readonly foldedConnections: Readonly<Record<ConnectionId, boolean>>
  readonly commandsOpen: boolean
  setSearch(search: string): void
  setListStyle(style: ListStyle): void
}

export const appStore = createStore<AppState>()((set) => ({
  ...emptyData,
  link: 'connecting',
  info: null,
  dialogs: {
    stack: [],
    open: (dialog) => set(({ dialogs }) => ({ dialogs: { ...dialogs, stack: [...withoutKind(dialogs.stack, dialog), dialog] } })),
    close: () => set(({ dialogs }) => ({ dialogs: { ...dialogs, stack: dialogs.stack.slice(0, -1) } })),
  },
  view: { page: 'machines', connection: null, uuid: null },
  search: '',
  listStyle: 'auto',
  sidebarFolded: false,
  foldedConnections: {},
  commandsOpen: false,
  setSearch: (search) => set({ search }),
  setListStyle: (listStyle) => set({ listStyle }),
}))

function withoutKind(stack: readonly Dialog[], dialog: Dialog): readonly Dialog[] {
  return stack.filter((one) => one.kind !== dialog.kind)
}

/** Reads the store in a component; the selector must answer the same object while nothing changed (or use useShallow). */
export function useAppStore<T>(selector: (state: AppState) => T): T {
  return useStore(appStore, selector)
}

/** One machine, or undefined where it is not (or no longer) listed. */
export function useDomain(connection: ConnectionId, uuid: string): DomainSummary | undefined {
  return useAppStore((state) => state.domains[domainKey(connection, uuid)])
}

/** Whether all that is known of a connection's machines is known: their networks, addresses and displays too. */
export function useAllRead(connection: ConnectionId): boolean {
  return useAppStore(
    (state) => (state.listed[connection] ?? false) && Object.values(state.domains).every((one) => one.complete || one.connection !== connection),
  )
}

export function useConnection(id: ConnectionId | null | undefined): Connection | undefined {
  return useAppStore((state) => state.connections.find((connection) => connection.id === id))
}

/** Opens a dialog from anywhere. */
export function openDialog(dialog: Dialog): void {
  appStore.getState().dialogs.open(dialog)
}

export { domainKey }
