import { beforeEach, describe, expect, it, vi } from 'vitest'
import { requestNames } from '../../../shared/contract/names.ts'
import type { EventEnvelope, Result } from '../../../shared/contract/index.ts'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  ipcRenderer: { invoke: vi.fn(() => Promise.resolve({ ok: true, value: 'answer' })), on: vi.fn(), off: vi.fn() },
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (key: string, value: unknown) => void electron.exposed.set(key, value) },
  ipcRenderer: electron.ipcRenderer,
}))

await import('../../../electron/preload.ts')
interface Api {
  call(name: string, input: unknown): Promise<Result<unknown>>
  on(listener: (envelope: EventEnvelope) => void): () => void
}
const api = electron.exposed.get('api') as Api

beforeEach(() => {
  vi.clearAllMocks()
})

describe('window.api', () => {
  it('is all that the page gets', () => {
    expect([...electron.exposed.keys()]).toEqual(['api'])
    expect(Object.keys(api).sort()).toEqual(['call', 'on'])
  })

  it('sends every request of the contract', async () => {
    for (const name of requestNames) {
      expect(await api.call(name, { name })).toEqual({ ok: true, value: 'answer' })
      expect(electron.ipcRenderer.invoke).toHaveBeenLastCalledWith('vivero:call', name, { name })
    }
  })

  it('sends nothing else', async () => {
    for (const name of ['', 'domain.explode', '__proto__', 'constructor', 'vivero:call', 'App.info']) {
      expect(await api.call(name, {})).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    }
    expect(electron.ipcRenderer.invoke).not.toHaveBeenCalled()
  })

  it('hears events without Electron’s own, until it is told to stop', () => {
    const listener = vi.fn()
    const stop = api.on(listener)
    const [channel, hear] = electron.ipcRenderer.on.mock.calls[0] as [string, (event: unknown, envelope: unknown) => void]
    expect(channel).toBe('vivero:event')
    const envelope = { event: 'job.removed', payload: { job: 'a' } }
    hear({ sender: 'of Electron' }, envelope)
    expect(listener).toHaveBeenCalledExactlyOnceWith(envelope)
    expect(stop()).toBeUndefined()
    expect(electron.ipcRenderer.off).toHaveBeenCalledExactlyOnceWith('vivero:event', hear)
  })
})
