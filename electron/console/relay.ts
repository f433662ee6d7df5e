/**
 * The way from a page's WebSocket to a machine's display or serial port. Whoever asks by the contract gets a ticket; the
 * WebSocket that comes with it, once and within 30 s, is joined to the machine.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Target } from '../libvirt/target.ts'
import { closeCodes, join, type Channel } from './channel.ts'
import { openDisplay } from './display.ts'
import { findSerial, serialChannel } from './serial.ts'
import { Tickets, TICKET_MS } from './tickets.ts'

/** A page's frame, in bytes: a pasted clipboard is the largest. */
const MAX_FRAME = 1024 * 1024

export interface Relay {
  /** Errors: not-found, not-active, no-display. The connection stands already and waits for its page. */
  openDisplay(target: Target, uuid: string): Promise<{ readonly ticket: string; readonly password: string | null }>
  /** Errors: not-found, not-active, no-serial. */
  openSerial(target: Target, uuid: string, port: number): Promise<{ readonly ticket: string }>
  /** Takes over a WebSocket upgrade; Host and Origin were checked. An unknown or used ticket is refused with 403. */
  handleUpgrade(ticket: string, request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every connection and process; resolves when the pages' sockets are gone. */
  close(): Promise<void>
}

/** `ticketMs`: how long a ticket is good for; 30 s where not given. */
export function createRelay(options: { readonly ticketMs?: number } = {}): Relay {
  const tickets = new Tickets<Channel>((channel) => channel.close(), options.ticketMs ?? TICKET_MS)
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false, clientTracking: true })
  const channels = new Set<Channel>()
  let closed = false

  const accept = (page: WebSocket, channel: Channel): void => {
    channels.add(channel)
    page.once('close', () => channels.delete(channel))
    join(page, channel)
  }
  return {
    openDisplay: async (target, uuid) => {
      const { channel, password } = await openDisplay(target, uuid)
      return { ticket: tickets.issue(channel), password }
    },
    openSerial: async (target, uuid, port) => {
      const device = await findSerial(target, uuid, port)
      return { ticket: tickets.issue(serialChannel(target, uuid, device)) }
    },
    handleUpgrade: (ticket, request, socket, head) => {
      const channel = closed ? null : tickets.take(ticket)
      if (!channel) return refuse(socket)
      const abandon = (): void => channel.close()
      socket.once('close', abandon)
      server.handleUpgrade(request, socket, head, (page) => {
        socket.off('close', abandon)
        accept(page, channel)
      })
    },
    close: async () => {
      closed = true
      tickets.clear()
      for (const channel of channels) channel.close()
      for (const page of server.clients) {
        page.close(closeCodes.hostEnds)
        page.terminate()
      }
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function refuse(socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}
