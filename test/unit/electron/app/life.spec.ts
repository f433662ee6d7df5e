import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLife } from '../../../../electron/app/life.ts'

type Options = Parameters<typeof keepLife>[0]

class Event {
  prevented = false
  preventDefault(): void {
    this.prevented = true
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]))

/** The app's life over emitters in place of Electron's app and window. */
function life({ mayClose = true, crashed = false, work = Promise.resolve() as Promise<void> } = {}) {
  const order: string[] = []
  const app = Object.assign(new EventEmitter(), { quit: () => void order.push('quit') })
  const window = Object.assign(new EventEmitter(), { webContents: { isCrashed: () => crashed } })
  const host: Options['host'] = {
    mayClose: () => {
      order.push('asked')
      return mayClose
    },
    close: async ({ stopJobs }) => {
      order.push(stopJobs ? 'work stops' : 'work is left')
      await work
    },
  }
  const close = (): Promise<void> => Promise.resolve(void order.push('closed'))
  const electron = { app: app as unknown as Options['app'], window: window as unknown as Options['window'] }
  const { leave } = keepLife({ ...electron, host, close })
  const told = (emitter: EventEmitter, name: string): boolean => {
    const event = new Event()
    emitter.emit(name, event)
    return event.prevented
  }
  return { app, window, order, leave, told }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.includes(listener)) process.removeListener(signal, listener)
    }
  }
})

describe('the window', () => {
  it('closes where the host has nothing to ask, and the app ends with it', () => {
    const { app, window, order, told } = life()
    expect(told(window, 'close')).toBe(false)
    app.emit('window-all-closed')
    expect(order).toEqual(['asked', 'quit'])
  })

  it('stays open while the page asks the person', () => {
    const { window, order, told } = life({ mayClose: false })
    expect(told(window, 'close')).toBe(true)
    expect(order).toEqual(['asked'])
  })

  it('closes without a question where its page is dead and could not put it', () => {
    const { window, order, told } = life({ mayClose: false, crashed: true })
    expect(told(window, 'close')).toBe(false)
    expect(order).toEqual([])
  })

  it('closes without a question after the person has answered it', () => {
    const { window, order, leave, told } = life({ mayClose: false })
    leave()
    expect(told(window, 'close')).toBe(false)
    expect(order).toEqual(['quit'])
  })
})

describe('the end', () => {
  it('waits for the host, once, and lets the app go then', async () => {
    const { app, order, told } = life()
    expect(told(app, 'will-quit')).toBe(true)
    await vi.advanceTimersByTimeAsync(0)
    expect(order).toEqual(['work stops', 'closed', 'quit'])
    expect(told(app, 'will-quit')).toBe(false)
    expect(order).toHaveLength(3)
  })

  it('waits for work that does not stop no longer than 20 s', async () => {
    const { app, order, told } = life({ work: new Promise(() => undefined) })
    expect(told(app, 'will-quit')).toBe(true)
    await vi.advanceTimersByTimeAsync(19_999)
    expect(order).toEqual(['work stops'])
    await vi.advanceTimersByTimeAsync(1)
    expect(order).toEqual(['work stops', 'quit'])
    expect(told(app, 'will-quit')).toBe(false)
  })

  it('comes by each signal, without a question', () => {
    for (const signal of signals) {
      const { window, order, told } = life({ mayClose: false })
      process.emit(signal, signal)
      expect(order).toContain('quit')
      expect(told(window, 'close')).toBe(false)
    }
  })
})
