/** Which connections are in the list at the start, before any of them is connected. */
import { connectionKind } from '../../libvirt/connection.ts'
import type { ConnectionsStore, RememberedConnection } from '../../settings/index.ts'
import type { ConnectionFacts } from './live-connection.ts'

export const SESSION = { id: 'session', uri: 'qemu:///session' }
const SYSTEM = { id: 'system', uri: 'qemu:///system' }
const ENVIRONMENT = 'environment'

interface Surroundings {
  readonly store: Pick<ConnectionsStore, 'list'>
  /** Root's session is served by the system daemon: both URIs are the same machines. https://libvirt.org/uri.html */
  readonly asRoot: boolean
  /** LIBVIRT_DEFAULT_URI, or null. */
  readonly defaultUri: string | null
}

/** The URI by which this person's row of the same machines is listed. */
export const natural = (uri: string, asRoot: boolean): string => (asRoot && uri === SESSION.uri ? SYSTEM.uri : uri)

/** The row of a connection that a person added. */
export function added(remembered: RememberedConnection, deps: Pick<Surroundings, 'asRoot' | 'defaultUri'>): ConnectionFacts {
  const { id, uri, name, autoconnect } = remembered
  const kind = connectionKind(uri)
  const environmentDefault = deps.defaultUri !== null && natural(deps.defaultUri, deps.asRoot) === uri
  return { id, uri, name, kind, autoconnect, removable: true, environmentDefault, note: null }
}

/**
 * Those that are there by nature (the session and QEMU/KVM; for root the latter alone), the one of the environment where
 * it is not among the others, the added ones. What was changed about one of the first is remembered under its id, or
 * under the id that it had when a person added it.
 */
export function rows(deps: Surroundings): readonly ConnectionFacts[] {
  const remembered = deps.store.list()
  const own = deps.asRoot ? [SYSTEM] : [SESSION, SYSTEM]
  const fixed = (id: string, uri: string): ConnectionFacts => {
    const known = remembered.find((entry) => entry.id === id && entry.uri === uri) ?? remembered.find((entry) => entry.uri === uri)
    return { ...added({ name: null, autoconnect: true, ...known, id, uri }, deps), removable: false }
  }
  const list = own.map(({ id, uri }) => ({ ...fixed(id, uri), note: deps.asRoot ? ('root-session-is-system' as const) : null }))
  const taken = new Set([SESSION.id, SYSTEM.id, ENVIRONMENT])
  const others = remembered.filter((entry) => !taken.has(entry.id) && !list.some((facts) => facts.uri === entry.uri))
  const uri = deps.defaultUri === null ? null : natural(deps.defaultUri, deps.asRoot)
  const listed = uri === null || [...list, ...others].some((facts) => facts.uri === uri)
  return [...list, ...(listed ? [] : [fixed(ENVIRONMENT, uri)]), ...others.map((entry) => added(entry, deps))]
}
