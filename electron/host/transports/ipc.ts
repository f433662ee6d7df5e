/** The host for Electron's window: two channels. Takes Electron's objects as arguments, and knows nothing of Electron. */
import { setMaxListeners } from 'node:events'
import type { EventEnvelope, Result } from '../../../shared/contract/index.ts'
import { toWireError, AppError } from '../../../shared/model/error.ts'
import type { Caller } from '../context.ts'
import type { Host } from '../create-host.ts'

export const CALL_CHANNEL = 'vivero:call'
export const EVENT_CHANNEL = 'vivero:event'

/** Of Electron's ipcMain what is used here; E is its IpcMainInvokeEvent. */
export interface IpcMainLike<E> {
  handle(channel: string, listener: (event: E, ...values: unknown[]) => Promise<unknown>): void
  removeHandler(channel: string): void
}

export interface WebContentsLike {
  send(channel: string, envelope: EventEnvelope): void
  isDestroyed(): boolean
}

export interface IpcOptions<E> {
  readonly ipcMain: IpcMainLike<E>
  readonly webContents: WebContentsLike
  /** Whether a call comes from the app's own page, in its main frame. */
  isOwnPage(event: E): boolean
}

/** Connects one window to the host; answers a function that ends it (when the window is gone). */
export function connectIpc<E>(host: Host, { ipcMain, webContents, isOwnPage }: IpcOptions<E>): () => void {
  const gone = new AbortController()
  setMaxListeners(0, gone.signal) // one for each call under way
  const caller: Caller = { id: 'window', gone: gone.signal }
  ipcMain.handle(CALL_CHANNEL, async (event, name, input): Promise<Result<unknown>> => {
    if (!isOwnPage(event)) return { ok: false, error: toWireError(new AppError('permission-denied', {}, 'foreign sender')) }
    return host.dispatch(typeof name === 'string' ? name : '', input, caller)
  })
  const unsubscribe = host.subscribe((envelope) => {
    if (!webContents.isDestroyed()) webContents.send(EVENT_CHANNEL, envelope)
  })
  return () => {
    ipcMain.removeHandler(CALL_CHANNEL)
    unsubscribe()
    gone.abort()
  }
}
