/** What a connection's URI says, and what is wrong with one. https://libvirt.org/uri.html */
import { percentDecoded } from '../../shared/lib/text.ts'
import type { ConnectionKind } from '../../shared/model/connection.ts'
import type { WireError } from '../../shared/model/error.ts'

interface UriParts {
  readonly driver: string
  readonly transport: string | null
  readonly host: string
  readonly path: string
  readonly query: string
}

const drivers = ['qemu', 'test', 'xen', 'lxc', 'vz', 'bhyve', 'ch', 'esx', 'gsx', 'vpx', 'hyperv', 'vbox', 'vmwareplayer', 'vmwarews', 'vmwarefusion', 'openvz']
const transports = ['unix', 'ssh', 'tls', 'tcp', 'libssh', 'libssh2', 'ext']
const qemuPaths = ['/session', '/system', '/embed']

function parts(uri: string): UriParts | null {
  const match = /^([a-z][a-z0-9]*)(?:\+([a-z0-9]+))?:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?$/i.exec(uri)
  if (!match) return null
  const [, driver = '', transport, host = '', path = '', query = ''] = match
  return { driver: driver.toLowerCase(), transport: transport?.toLowerCase() ?? null, host, path, query }
}

/** The kind by which the sidebar marks a connection. */
export function connectionKind(uri: string): ConnectionKind {
  const known = parts(uri)
  if (!known) return 'other'
  if (known.host !== '' || ['ssh', 'tls', 'tcp', 'libssh', 'libssh2'].includes(known.transport ?? '')) return 'remote'
  if (known.driver === 'test') return 'test'
  if (known.driver === 'qemu' && known.path === '/session') return 'session'
  if (known.driver === 'qemu' && known.path === '/system') return 'system'
  return 'other'
}

/**
 * The sockets of the daemons of this computer's system that a URI may go to, the one that libvirt tries first leading;
 * none where it goes to another computer, to the user's own daemon or to no daemon at all.
 * https://libvirt.org/daemons.html, https://libvirt.org/remote.html
 */
export function systemSockets(uri: string): readonly string[] {
  const known = parts(uri)
  if (!known || known.host !== '' || (known.transport !== null && known.transport !== 'unix')) return []
  // the test driver's daemon is the user's own, and so is every session's
  if (known.driver === 'test' || known.path === '/session' || known.path === '/embed') return []
  const named = parameters(known).find((one) => isSocket.test(one))?.replace(isSocket, '')
  if (named) return [percentDecoded(named)]
  return [`/run/libvirt/virt${known.driver}d-sock`, '/run/libvirt/libvirt-sock', '/var/run/libvirt/libvirt-sock']
}

const isSocket = /^socket=/
const parameters = ({ query }: UriParts): string[] => query.slice(1).split('&').filter((one) => one !== '')

/** As libvirt does: a plus sign is one. */
/** The same daemon's URI, opened by that socket. https://libvirt.org/uri.html#remote-uris */
export function throughSocket(uri: string, path: string): string {
  const known = parts(uri)
  if (!known) return uri
  const others = parameters(known).filter((one) => !isSocket.test(one))
  return written({ ...known, transport: 'unix', query: `?${[...others, `socket=${encodeURIComponent(path)}`].join('&')}` })
}

/** Null where libvirt can try the URI; else uri-invalid with the URI that was probably meant as params.hint. */
export function checkUri(uri: string): WireError | null {
  if (uri !== uri.trim() || uri === '' || /[\s\p{Cc}]/u.test(uri)) return invalid(uri, hintFor(uri.replace(/[\s\p{Cc}]+/gu, '')))
  const known = parts(uri)
  if (!known) return invalid(uri, hintFor(uri))
  if (!drivers.includes(known.driver)) return invalid(uri, written({ ...known, driver: nearest(known.driver, drivers) }))
  if (known.transport !== null && !transports.includes(known.transport)) {
    return invalid(uri, written({ ...known, transport: nearest(known.transport, transports) }))
  }
  if (known.driver === 'qemu' && !qemuPaths.includes(known.path)) return invalid(uri, qemuHint(known))
  if (known.driver === 'test' && (known.path === '' || known.path === '/')) return invalid(uri, written({ ...known, host: '', path: '/default' }))
  return null
}

const invalid = (uri: string, hint: string): WireError => ({ code: 'uri-invalid', params: { uri, hint }, detail: null, remedies: [] })

/** `qemu://system` names a computer called "system": one slash is missing. */
function qemuHint(known: UriParts): string {
  const local = known.path === '' && known.transport === null && ['system', 'session'].includes(nearest(known.host, ['system', 'session'], 2) ?? '')
  const path = local ? known.host : known.path
  return written({ ...known, host: local ? '' : known.host, path: nearest(path.startsWith('/') ? path : `/${path}`, qemuPaths.slice(0, 2)) })
}

function hintFor(word: string): string {
  const plain = word.toLowerCase()
  if (plain.includes('system') || plain.includes('sistema')) return 'qemu:///system'
  return plain.startsWith('test') ? 'test:///default' : 'qemu:///session'
}

function written(known: UriParts): string {
  return `${known.driver}${known.transport === null ? '' : `+${known.transport}`}://${known.host}${known.path}${known.query}`
}

/** The candidate with the fewest letters changed; with a limit, null where none is that near. */
function nearest(word: string, candidates: readonly string[]): string
function nearest(word: string, candidates: readonly string[], limit: number): string | null
function nearest(word: string, candidates: readonly string[], limit = Infinity): string | null {
  const ranked = candidates.map((candidate) => ({ candidate, away: distance(word, candidate) })).sort((one, other) => one.away - other.away)
  return ranked[0] && ranked[0].away <= limit ? ranked[0].candidate : null
}

/** Levenshtein's distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
