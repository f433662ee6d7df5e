/**
 * A server on the loopback address alone, on a random port. A request must name it by its own address (Host, against DNS
 * rebinding), a WebSocket must come from one of the allowed pages (Origin).
 */
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface LoopbackOptions {
  /** 0 for a random one. */
  readonly port: number
  /** Origins beside the server's own whose pages may open a WebSocket, e.g. Electron's own scheme. */
  readonly origins?: readonly string[] | undefined
  onRequest(request: IncomingMessage, response: ServerResponse): void
  /** Host and Origin were checked. */
  onUpgrade(path: string, request: IncomingMessage, socket: Duplex, head: Buffer): void
}

export interface Loopback {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  close(): Promise<void>
}

/** Errors: those of listen(2), e.g. EADDRINUSE. */
export async function openLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer({ maxHeaderSize: 16 * 1024 })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  const origins = new Set([origin, ...(options.origins ?? [])])
  const sockets = new Set<Duplex>()

  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', (request, response) => {
    if (request.headers.host === host) return options.onRequest(request, response)
    response.writeHead(403, { 'Content-Length': 0, Connection: 'close' }).end()
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const path = request.url?.split('?')[0] ?? '/'
    if (request.headers.host !== host || !origins.has(request.headers.origin ?? '')) return refuseUpgrade(socket, 403)
    options.onUpgrade(path, request, socket, head)
  })
  return {
    port,
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Answers an upgrade with a plain HTTP status and ends the connection. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
