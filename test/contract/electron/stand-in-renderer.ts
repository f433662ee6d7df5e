/** A page's side of Electron: its preload in a sandbox, and the bridge over which the page uses what that exposes. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'

/** Of the main process: what `ipcRenderer` needs. */
export interface MainLink {
  invoke(channel: string, values: readonly unknown[]): Promise<unknown>
  /** Answers a function that stops. */
  listen(listener: (channel: string, values: readonly unknown[]) => void): () => void
}

/** Runs a preload and answers what the page finds on its window. Errors: those of the preload. */
export function runPreload(path: string, main: MainLink): Readonly<Record<string, unknown>> {
  const window: Record<string, unknown> = {}
  const heard = new EventEmitter()
  main.listen((channel, values) => void heard.emit(channel, { sender: {} }, ...values))
  const ipcRenderer = {
    invoke: async (channel: string, ...values: unknown[]): Promise<unknown> => {
      try {
        return await main.invoke(channel, structuredClone(values))
      } catch (error) {
        throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
      }
    },
    on: (channel: string, listener: (...values: unknown[]) => void) => void heard.on(channel, listener),
    off: (channel: string, listener: (...values: unknown[]) => void) => void heard.off(channel, listener),
  }
  const contextBridge = { exposeInMainWorld: (key: string, value: unknown) => void (window[key] = bridged(value)) }
  // A sandboxed preload has these modules and no other of Node's; of them the app uses one.
  const load = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  runInContext(readFileSync(path, 'utf8'), createContext({ require: load, module, exports: module.exports }), { filename: path })
  return window
}

/** As the context bridge: functions are called on their own side, all else crosses as a copy. */
function bridged(value: unknown): unknown {
  if (typeof value === 'function') return (...args: unknown[]) => bridged(Reflect.apply(value, undefined, args.map(bridged)))
  if (typeof value !== 'object' || value === null) return value
  if ('then' in value) return Promise.resolve(value).then(bridged)
  if (Array.isArray(value)) return value.map(bridged)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bridged(one)]))
}
