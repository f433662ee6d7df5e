/** The VNC display of a running machine: opened, kept open, and opened again when it was lost. */
import RFB from '@novnc/novnc'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { AppError } from '../../../shared/model/error.ts'
import { call } from '../../api/client.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import type { SendKey } from './keyboard/type-strokes.ts'
import { useRetry } from './use-retry.ts'

export type DisplayPhase = 'connecting' | 'connected' | 'lost' | 'unavailable'

export interface DisplayState {
  readonly phase: DisplayPhase
  /** Why there is none, while phase is "unavailable". */
  readonly error: unknown
  /** Of the guest's screen, in its pixels. */
  readonly size: { readonly width: number; readonly height: number } | null
}

export interface Display extends DisplayState {
  retry(): void
  focus(): void
  readonly sendKey: SendKey
}

interface Options extends MachineRef {
  /** libvirt's number of the running machine: another one is another display. */
  readonly domainId: number | null
  readonly scaled: boolean
  /** Name of the picture for screen readers. */
  readonly label: string
  readonly container: RefObject<HTMLDivElement | null>
}

const start: DisplayState = { phase: 'connecting', error: null, size: null }

export function useDisplay({ connection, uuid, domainId, scaled, label, container }: Options): Display {
  const [state, setState] = useState<DisplayState>(start)
  const rfb = useRef<RFB | null>(null)
  const refusals = useRef(0)
  const { attempt, later, now, worked } = useRetry()

  useEffect(() => {
    const place = container.current
    if (!place) return
    const session = new AbortController()
    const tell = (change: Partial<DisplayState>): void => {
      if (!session.signal.aborted) setState((before) => ({ ...before, ...change }))
    }
    const unavailable = (error: unknown): void => tell({ phase: 'unavailable', error })
    const lost = (): void => {
      if (session.signal.aborted) return
      tell({ phase: 'lost' })
      later()
    }
    setState((before) => (before.phase === 'unavailable' ? start : before))
    open(place, { connection, uuid }, session.signal, {
      connected: () => {
        worked()
        refusals.current = 0
        tell({ phase: 'connected' })
      },
      resized: (size) => tell({ size }),
      lost,
      unavailable,
    }).then(
      (opened) => {
        rfb.current = opened
      },
      (error: unknown) => {
        const again = isStarting(error) && refusals.current < startingTries
        refusals.current += 1
        if (isFinal(error) && !again) unavailable(error)
        else lost()
      },
    )
    return () => {
      session.abort()
      rfb.current = null
    }
  }, [connection, uuid, domainId, container, attempt, later, worked])

  useEffect(() => {
    if (rfb.current) rfb.current.scaleViewport = scaled
  }, [scaled, state.phase])
  useEffect(() => {
    container.current?.querySelector('canvas')?.setAttribute('aria-label', label)
  }, [label, container, state.phase])

  const focus = useCallback(() => rfb.current?.focus({ preventScroll: true }), [])
  const sendKey = useCallback<SendKey>((keysym, code, down) => rfb.current?.sendKey(keysym, code, down), [])
  return { ...state, retry: now, focus, sendKey }
}

/** Tries that a display which should be there gets: a machine that starts has its port before somebody answers on it. */
const startingTries = 5

function isStarting(error: unknown): boolean {
  return error instanceof AppError && error.code === 'no-display' && ['unreachable', 'refused'].includes(String(error.params['reason']))
}

/** What trying again does not help with; a restart of the machine does. */
function isFinal(error: unknown): boolean {
  return error instanceof AppError && ['no-display', 'not-found', 'permission-denied', 'unsupported'].includes(error.code)
}

interface Told {
  connected(): void
  resized(size: { readonly width: number; readonly height: number }): void
  lost(): void
  unavailable(error: unknown): void
}

/** Opens the display inside `place`; aborting the signal takes it away. Null where it was aborted meanwhile. */
async function open(place: HTMLElement, machine: MachineRef, signal: AbortSignal, told: Told): Promise<RFB | null> {
  const { url, password } = await call('console.display', machine)
  if (signal.aborted) return null
  place.replaceChildren()
  const rfb = new RFB(place, url, { shared: true, ...(password === null ? {} : { credentials: { password } }) })
  rfb.background = 'transparent'
  rfb.showDotCursor = true
  const canvas = place.querySelector('canvas')
  const sizes = new MutationObserver(() => canvas && told.resized({ width: canvas.width, height: canvas.height }))
  if (canvas) {
    canvas.tabIndex = 0
    canvas.setAttribute('role', 'application')
    sizes.observe(canvas, { attributeFilter: ['width', 'height'] })
  }
  let refused: unknown = null
  rfb.addEventListener('connect', () => told.connected())
  rfb.addEventListener('credentialsrequired', () => {
    refused = new AppError('auth-denied')
    rfb.disconnect()
  })
  rfb.addEventListener('securityfailure', ({ detail }) => {
    refused = new AppError('auth-denied', {}, detail.reason ?? null)
  })
  rfb.addEventListener('disconnect', () => {
    sizes.disconnect()
    if (refused) told.unavailable(refused)
    else told.lost()
  })
  signal.addEventListener('abort', () => {
    sizes.disconnect()
    rfb.disconnect()
    place.replaceChildren()
  })
  return rfb
}
