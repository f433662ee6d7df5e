/** The page's files over the app's own scheme. https://www.electronjs.org/docs/latest/api/protocol */
import { protocol, type Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { contentSecurityPolicy, fileOf, types } from '../host/transports/pages.ts'
import { isOwnUrl, SCHEME } from './origin.ts'

/** Before the app is ready: a scheme with an origin of its own, as safe as https to the page. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the files of a folder, and nothing outside it. */
export function servePages(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, (request) => answer(folder, request))
}

/** The console's relay is a server on the loopback address at a port that is known only when it is opened. */
const RELAYS = 'ws://127.0.0.1:*'

/** One file, with the headers that the browser version has too. */
async function answer(folder: string, request: Request): Promise<Response> {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(RELAYS),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  }
  if (!isOwnUrl(request.url)) return new Response(null, { status: 403, headers })
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405, headers })
  const path = fileOf(folder, request.url)
  const bytes = path === null ? null : await readFile(path).catch(() => null)
  if (path === null || bytes === null) return new Response(null, { status: 404, headers })
  const type = types[extname(path)] ?? 'application/octet-stream'
  return new Response(request.method === 'HEAD' ? null : bytes, { status: 200, headers: { ...headers, 'Content-Type': type } })
}
