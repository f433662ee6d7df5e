/** The serial port of a running machine: opened, kept open, and opened again when it was lost. */
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { AppError } from '../../../shared/model/error.ts'
import { call } from '../../api/client.ts'
import { readClipboard, writeClipboard } from '../../api/clipboard.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { afterSerialClose } from './retry.ts'
import { openTerminal, type OpenTerminal } from './terminal.ts'
import { useRetry } from './use-retry.ts'

export type SerialPhase = 'connecting' | 'connected' | 'lost' | 'taken-over' | 'failed' | 'unavailable'

interface SerialState {
  readonly phase: SerialPhase
  /** Why it cannot be used, while phase is "failed" or "unavailable". */
  readonly error: unknown
  /** Whether the port has said anything since it was opened. */
  readonly heard: boolean
}

export interface Serial extends SerialState {
  retry(): void
  focus(): void
  /** Copies what is selected; false where nothing is. */
  copy(): Promise<boolean>
  /** Types the clipboard. */
  paste(): Promise<void>
}

interface Port extends MachineRef {
  readonly port: number
}

interface Options extends Port {
  /** libvirt's number of the running machine: another one is another port. */
  readonly domainId: number | null
  /** Name of the terminal for screen readers. */
  readonly label: string
  readonly container: RefObject<HTMLDivElement | null>
}

const start: SerialState = { phase: 'connecting', error: null, heard: false }

export function useSerial({ connection, uuid, port, domainId, label, container }: Options): Serial {
  const [state, setState] = useState<SerialState>(start)
  const opened = useRef<OpenTerminal | null>(null)
  const { attempt, later, now, worked } = useRetry()

  useEffect(() => {
    const place = container.current
    if (!place) return
    const terminal = openTerminal(place)
    opened.current = terminal
    return () => {
      opened.current = null
      terminal.dispose()
    }
  }, [container])
  useEffect(() => {
    container.current?.querySelector('textarea')?.setAttribute('aria-label', label)
  }, [container, label])

  useEffect(() => {
    const terminal = opened.current
    if (!terminal || domainId === null) return
    const session = new AbortController()
    const tell = (change: Partial<SerialState>): void => {
      if (!session.signal.aborted) setState((before) => ({ ...before, ...change }))
    }
    tell({ phase: 'connecting', error: null })
    openPort(terminal, { connection, uuid, port }, session.signal, {
      opened: () => tell({ phase: 'connected', heard: false }),
      heard: () => {
        worked()
        tell({ heard: true })
      },
      closed: (code, reason) => {
        if (session.signal.aborted) return
        const after = afterSerialClose(code)
        if (after === 'taken-over') return tell({ phase: 'taken-over' })
        if (after === 'failed') return tell({ phase: 'failed', error: new AppError('no-serial', {}, reason || null) })
        tell({ phase: 'lost' })
        later()
      },
    }).catch((error: unknown) => {
      if (isFinal(error)) return tell({ phase: 'unavailable', error })
      tell({ phase: 'lost' })
      if (!session.signal.aborted) later()
    })
    return () => session.abort()
  }, [connection, uuid, port, domainId, attempt, later, worked])

  const focus = useCallback(() => opened.current?.terminal.focus(), [])
  const copy = useCallback(() => copySelection(opened.current), [])
  const paste = useCallback(() => pasteClipboard(opened.current), [])
  return { ...state, retry: now, focus, copy, paste }
}

async function copySelection(opened: OpenTerminal | null): Promise<boolean> {
  const selection = opened?.terminal.getSelection() ?? ''
  if (selection === '') return false
  await writeClipboard(selection)
  return true
}

async function pasteClipboard(opened: OpenTerminal | null): Promise<void> {
  const text = await readClipboard()
  opened?.terminal.paste(text)
  opened?.terminal.focus()
}

/** What trying again does not help with. */
function isFinal(error: unknown): boolean {
  return error instanceof AppError && ['no-serial', 'not-found', 'permission-denied', 'unsupported'].includes(error.code)
}

interface Told {
  opened(): void
  heard(): void
  closed(code: number, reason: string): void
}

/** Joins the terminal to the port; aborting the signal parts them. */
async function openPort({ terminal }: OpenTerminal, port: Port, signal: AbortSignal, told: Told): Promise<void> {
  const { url } = await call('console.serial', port)
  if (signal.aborted) return
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  const encoder = new TextEncoder()
  const send = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
  }
  // Mouse reports of old programs come as bytes, one a character; all else as text.
  const typed = [
    terminal.onData((text) => send(encoder.encode(text))),
    terminal.onBinary((text) => send(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))),
  ]
  socket.addEventListener('open', () => told.opened())
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ArrayBuffer)) return
    told.heard()
    terminal.write(new Uint8Array(data))
  })
  socket.addEventListener('close', ({ code, reason }) => {
    for (const listener of typed) listener.dispose()
    told.closed(code, reason)
  })
  signal.addEventListener('abort', () => socket.close())
}
