/**
 * What is on screen, page by page. What libvirt announces by nothing (autostart, changes with --config only, saves that
 * were thrown away, volumes, leases, snapshots) is read again when its page is opened or the window gets focus, and every
 * 30 s while it is on screen; nothing while it is hidden.
 */
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { Connections } from './connections.ts'
import type { Inventory, ObjectKind } from './inventory.ts'

export const REFRESH_MS = 30_000

export interface View {
  readonly visible: boolean
  /** Null: all connections. */
  readonly connection: ConnectionId | null
  readonly page: string
  readonly uuid: string | null
}

/** The page that shows something; what it showed ends with it. */
export interface Viewer {
  readonly id: string
  readonly gone: AbortSignal
}

export interface Views {
  /** A page says what it shows; that is read again at once. */
  show(viewer: Viewer, view: View): void
}

export function createViews(connections: Connections, onFault: (what: string, error: unknown) => void): Views {
  const timers = new Map<string, NodeJS.Timeout>()

  const known = new WeakSet<AbortSignal>()

  const leave = (viewer: string): void => {
    clearInterval(timers.get(viewer))
    timers.delete(viewer)
  }
  const refresh = (view: View): void => {
    refreshView(connections, view).catch((error: unknown) => onFault('read of what is on screen', error))
  }
  return {
    show: ({ id, gone }, view) => {
      leave(id)
      if (!known.has(gone)) gone.addEventListener('abort', () => leave(id), { once: true })
      known.add(gone)
      if (!view.visible || gone.aborted) return
      refresh(view)
      const timer = setInterval(() => refresh(view), REFRESH_MS)
      timer.unref()
      timers.set(id, timer)
    },
  }
}

async function refreshView(connections: Connections, view: View): Promise<void> {
  const shown = connections.all().filter((live) => view.connection === null || live.view.id === view.connection)
  const inventories = shown.map((live) => live.inventory).filter((inventory) => inventory !== null)
  await Promise.all(inventories.map((inventory) => refreshPage(inventory, view)))
}

async function refreshPage(inventory: Inventory, { page, uuid }: View): Promise<void> {
  switch (page) {
    case 'machines':
      return void (await inventory.readDomains())
    case 'machine':
      return uuid === null ? undefined : inventory.touched('domain', uuid)
    case 'networks':
      staleOnes(inventory, 'network', await inventory.readNetworks(), uuid)
      // whose cards moved to another network without a word of libvirt's
      return void (await inventory.readDomains())
    case 'storage':
      return staleOnes(inventory, 'pool', await inventory.readPools(), uuid)
  }
}

interface Listed {
  readonly uuid: string
  readonly active: boolean
}

/** The one that is shown, or all that are active. */
function staleOnes(inventory: Inventory, kind: ObjectKind, list: readonly Listed[], uuid: string | null): void {
  for (const object of list) if (uuid === null ? object.active : object.uuid === uuid) inventory.stale(kind, object.uuid)
}
