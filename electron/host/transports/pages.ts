/** The built page and its files: no data is in them, so they need no token. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream'

export const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** What the page may load and reach; `socket` is the one address beside its own, e.g. `ws://127.0.0.1:4000`. */
export function contentSecurityPolicy(socket: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Mantine puts its variables and computed sizes into style elements
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${socket}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Answers a GET with a file of the folder; `/` is index.html. Nothing outside the folder is reached. */
export async function servePage(folder: string, socket: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(socket))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405)
  const path = fileOf(folder, request.url ?? '/')
  const info = path === null ? null : await stat(path).catch(() => null)
  if (path === null || !info?.isFile()) return end(response, 404)
  // Vite puts a hash of the contents into the names under assets/; all else may change with the next build
  const lasting = path.includes(`${sep}assets${sep}`)
  response.setHeader('Cache-Control', lasting ? 'private, max-age=31536000, immutable' : 'no-store')
  response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Length': info.size })
  if (request.method === 'HEAD') return void response.end()
  pipeline(createReadStream(path), response, () => undefined) // a page that leaves early needs no answer
}

/** The file that an address names, or null where it lies outside the folder. */
export function fileOf(folder: string, url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url, 'http://host').pathname)
    if (path.includes('\0')) return null
    const file = normalize(join(folder, path === '/' ? 'index.html' : path))
    return file.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? file : null
  } catch {
    return null
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}
