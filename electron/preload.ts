/** All that the page gets of Electron: `window.api`, which sends the contract's requests and hears its events. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { requestNames } from '../shared/contract/names.ts'
import type { EventEnvelope, Result } from '../shared/contract/index.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './host/transports/ipc.ts'

const names: ReadonlySet<string> = new Set(requestNames)

contextBridge.exposeInMainWorld('api', {
  call: async (name: string, input: unknown): Promise<Result<unknown>> => {
    if (names.has(name)) return ipcRenderer.invoke(CALL_CHANNEL, name, input) as Promise<Result<unknown>>
    return { ok: false, error: { code: 'invalid-input', params: {}, detail: 'unknown request', remedies: [] } }
  },
  on: (listener: (envelope: EventEnvelope) => void): (() => void) => {
    // Electron's own event has the sender in it, and stays here.
    const hear = (_event: IpcRendererEvent, envelope: EventEnvelope): void => listener(envelope)
    ipcRenderer.on(EVENT_CHANNEL, hear)
    return () => void ipcRenderer.off(EVENT_CHANNEL, hear)
  },
})
