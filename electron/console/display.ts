/** A connection to a machine's VNC server. */
import { connect, type Socket } from 'node:net'
import { AppError } from '../../shared/model/error.ts'
import type { Target } from '../libvirt/target.ts'
import { virshReadOne } from '../libvirt/virsh.ts'
import { childText, parseXml } from '../libvirt/xml/document.ts'
import { closeCodes, type Channel } from './channel.ts'
import { displayPlace, noDisplay, type DisplayPlace } from './display-place.ts'
import { handedOver } from './display-handover.ts'
import { isLocal } from './local.ts'

const CONNECT_MS = 5_000

export interface OpenDisplay {
  readonly channel: Channel
  /** For the page alone; never logged. */
  readonly password: string | null
}

/**
 * Connects to the VNC display of a running machine. A display that this user may not open, or that listens nowhere, is
 * asked of libvirt itself. Errors: not-found, not-active, no-display (params.reason, see display-place.ts).
 */
export async function openDisplay(target: Target, uuid: string): Promise<OpenDisplay> {
  const domain = parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, '--security-info']))
  const name = childText(domain, 'name') ?? ''
  const { place, password } = displayPlace(domain)
  if (!isLocal(target.uri)) throw noDisplay(name, 'vnc', 'remote')
  try {
    if (place.kind !== 'none') return { channel: displayChannel(await connected(place)), password }
  } catch (error) {
    if (!isRefusal(error)) throw noDisplay(name, 'vnc', 'unreachable', messageOf(error))
  }
  // virsh passes descriptors on at libvirt's own socket alone, where it would ask for a password by itself
  if (target.proxy?.uri) throw noDisplay(name, 'vnc', place.kind === 'socket' ? 'forbidden' : 'refused')
  try {
    return { channel: displayChannel(await handedOver(target, uuid)), password: null }
  } catch (error) {
    throw noDisplay(name, 'vnc', 'refused', error instanceof AppError ? error.detail : messageOf(error))
  }
}

/** The page's side of a connection that stands; nothing is read from it before start(). */
function displayChannel(socket: Socket): Channel {
  socket.pause()
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  return {
    start: (onData, onEnd) => {
      socket.on('data', onData)
      socket.once('end', () => onEnd({ code: closeCodes.machineEnded, reason: '' }))
      socket.once('close', () => onEnd({ code: closeCodes.machineEnded, reason: '' }))
      socket.resume()
      if (socket.destroyed) onEnd({ code: closeCodes.machineEnded, reason: '' })
    },
    write: (bytes) => {
      if (socket.writable) socket.write(bytes)
    },
    get unwritten() {
      return socket.writableLength
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => void socket.destroy(),
  }
}

function connected(place: Exclude<DisplayPlace, { kind: 'none' }>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = place.kind === 'socket' ? connect(place.path) : connect(place.port, place.host)
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error(`no answer within ${CONNECT_MS / 1000} s`)))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.removeAllListeners('timeout')
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

const isRefusal = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(String((error as NodeJS.ErrnoException).code))
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
