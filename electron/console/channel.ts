/** Bytes both ways between a machine and a page's WebSocket. */
import { WebSocket, type RawData } from 'ws'

/** Close codes that a page tells apart (shared/contract/console.ts). */
export const closeCodes = {
  machineEnded: 1000,
  hostEnds: 1001,
  binaryOnly: 1003,
  tooMuch: 1009,
  failed: 1011,
  takenOver: 4000,
  daemonGone: 4001,
} as const

export interface ChannelEnd {
  readonly code: number
  /** For the page's detail; libvirt's own words or nothing. */
  readonly reason: string
}

/** The machine's side. */
export interface Channel {
  /** Takes bytes of the machine's and tells its end, once; called once. Nothing is read before. */
  start(onData: (bytes: Buffer) => void, onEnd: (end: ChannelEnd) => void): void
  write(bytes: Buffer): void
  /** Bytes written that the machine has not taken yet. */
  readonly unwritten: number
  pause(): void
  resume(): void
  /** Ends this side and whatever stands behind it; harmless when repeated. */
  close(): void
}

/** Above this the machine is not read until the page has caught up, in bytes. */
const PAGE_BEHIND = 2 * 1024 * 1024
/** A machine that takes nothing more: its page is let go rather than its keys piled up, in bytes. */
const MACHINE_BEHIND = 4 * 1024 * 1024

/**
 * Joins a page and a machine until one of them ends, and then ends the other. The WebSocket is never paused, so that a
 * page that leaves is always noticed.
 */
export function join(page: WebSocket, channel: Channel): void {
  channel.start(
    (bytes) => {
      if (page.readyState !== WebSocket.OPEN) return
      page.send(bytes, () => {
        if (page.bufferedAmount < PAGE_BEHIND) channel.resume()
      })
      if (page.bufferedAmount >= PAGE_BEHIND) channel.pause()
    },
    ({ code, reason }) => page.close(code, shortened(reason)),
  )
  page.on('message', (data, binary) => {
    if (!binary) return page.close(closeCodes.binaryOnly)
    channel.write(bytesOf(data))
    if (channel.unwritten > MACHINE_BEHIND) page.close(closeCodes.tooMuch)
  })
  page.on('error', () => page.terminate())
  page.on('close', () => channel.close())
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

/** A close frame holds 123 bytes of reason. */
function shortened(reason: string): string {
  let text = reason
  while (Buffer.byteLength(text) > 123) text = [...text].slice(0, -1).join('')
  return text
}
