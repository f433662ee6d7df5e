/** What is on screen: worked out from the address, kept in the store, told to the host. */
import type { View } from '../stores/app-store.ts'
import { appStore } from '../stores/app-store.ts'
import { dialogOfQuery } from '../stores/dialogs.ts'
import { isActive } from '../../shared/model/domain-rules.ts'
import { call } from '../api/client.ts'
import { routes } from './registry.ts'

/** Fields of an address that a pattern of the registry takes, or null where it does not match. */
export function matchPattern(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const fields: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const piece = given[index] ?? ''
    if (part.startsWith(':')) fields[part.slice(1)] = decodeURIComponent(piece)
    else if (part !== piece) return null
  }
  return fields
}

/** The view that an address shows; null where no page has it. */
export function viewOfPath(path: string): View | null {
  for (const route of routes) {
    const fields = matchPattern(route.pattern, path)
    if (fields) return { page: route.page, connection: fields['connection'] ?? null, uuid: fields['uuid'] ?? null }
  }
  return null
}

function tellHost(): void {
  const { view, link } = appStore.getState()
  if (link !== 'open') return
  const visible = document.visibilityState === 'visible'
  void call('app.view', { visible, ...view }).catch(() => undefined)
}

/** Opens the dialog that the address asks for, and takes it out of the address. */
function takeDialog(): void {
  const [path = '', query] = window.location.hash.slice(1).split('?')
  if (query === undefined) return
  const { jobs, domains } = appStore.getState()
  const dialog = dialogOfQuery(new URLSearchParams(query), {
    jobs: jobs.filter((job) => job.state === 'running'),
    runningMachines: Object.values(domains).filter(isActive).length,
  })
  window.history.replaceState(null, '', `#${path}`)
  if (dialog) appStore.getState().dialogs.open(dialog)
}

function onAddress(): void {
  takeDialog()
  const next = viewOfPath(window.location.hash.slice(1))
  const { view } = appStore.getState()
  if (!next) return
  const samePage = next.page === view.page && next.connection === view.connection
  appStore.setState({ view: next, ...(samePage ? {} : { search: '' }) })
  tellHost()
}

/** Follows the address, the window's focus and whether it is shown. Before the router, which reads the cleaned address. */
export function followView(): void {
  window.addEventListener('hashchange', onAddress)
  window.addEventListener('focus', tellHost)
  document.addEventListener('visibilitychange', tellHost)
  appStore.subscribe((state, before) => {
    if (state.link === 'open' && before.info !== state.info) tellHost()
  })
  onAddress()
}
