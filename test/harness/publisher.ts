/** A publisher of files on this machine, as well or badly behaved as a test wants it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Published {
  readonly content: Buffer | string
  /** Answers with ranges; true where not given. */
  readonly ranges?: boolean
  readonly etag?: string | null
  /** At most this fast. */
  readonly bytesPerSecond?: number
  /** The n-th answer breaks off after so many bytes; the answers after the last are whole. */
  readonly breaks?: readonly number[]
  /** A length that is not true. */
  readonly length?: number
  readonly redirect?: string
  readonly status?: number
  /** Sends headers and nothing else. */
  readonly hangs?: boolean
  /** Says no length. */
  readonly chunked?: boolean
  /** Says anything at all, in place of all the rest. */
  readonly says?: (request: IncomingMessage, response: ServerResponse) => void
}

export interface Asked {
  readonly path: string
  readonly range: string | null
}

export interface Publisher {
  /** `http://127.0.0.1:PORT` */
  readonly base: string
  address(path: string): string
  put(path: string, file: Published): void
  remove(path: string): void
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

export async function openPublisher(port = 0): Promise<Publisher> {
  const files = new Map<string, Published>()
  const answers = new Map<string, number>()
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://publisher').pathname
    asked.push({ path, range: request.headers.range ?? null })
    const file = files.get(decodeURIComponent(path))
    const count = answers.get(path) ?? 0
    answers.set(path, count + 1)
    if (file) answer(file, count, request, response)
    else response.writeHead(404).end('not here')
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    base,
    address: (path) => `${base}${path}`,
    put: (path, file) => {
      files.set(path, file)
      answers.delete(path)
    },
    remove: (path) => void files.delete(path),
    asked,
    close: () => closed(server),
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

function answer(file: Published, count: number, request: IncomingMessage, response: ServerResponse): void {
  if (file.says) return file.says(request, response)
  if (file.redirect !== undefined) return void response.writeHead(302, { location: file.redirect }).end()
  if (file.status !== undefined) return void response.writeHead(file.status).end()
  const whole = Buffer.from(file.content)
  const etag = file.etag === undefined ? '"one"' : file.etag
  const from = start(file, request, etag)
  if (from !== null && from >= whole.length) return void response.writeHead(416, { 'content-range': `bytes */${whole.length}` }).end()
  const body = whole.subarray(from ?? 0)
  response.writeHead(from === null ? 200 : 206, {
    ...(file.chunked ? {} : { 'content-length': file.length ?? body.length }),
    ...(etag === null ? {} : { etag }),
    ...(from === null ? {} : { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` }),
  })
  if (file.hangs) return void response.flushHeaders()
  const cut = file.breaks?.[count]
  void send(cut === undefined ? body : body.subarray(0, cut), file.bytesPerSecond, response).then(() => {
    if (cut !== undefined || (file.length ?? body.length) > body.length) response.destroy()
    else response.end()
  })
}

/** Null where the whole file is meant. */
function start(file: Published, request: IncomingMessage, etag: string | null): number | null {
  const from = /^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1]
  if (from === undefined || file.ranges === false) return null
  const condition = request.headers['if-range']
  return condition !== undefined && condition !== etag ? null : Number(from)
}

/** Pieces a second, so that a slow sender is still a steady one. */
const PIECES = 20

async function send(body: Buffer, bytesPerSecond: number | undefined, response: ServerResponse): Promise<void> {
  const size = bytesPerSecond === undefined ? body.length : Math.max(1, Math.floor(bytesPerSecond / PIECES))
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    await new Promise<void>((resolve) => response.write(body.subarray(at, at + size), () => resolve()))
    if (bytesPerSecond !== undefined) await new Promise((resolve) => setTimeout(resolve, 1_000 / PIECES))
  }
}
