import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connections } from '../../../../electron/host/connections/connections.ts'
import { createViews, REFRESH_MS } from '../../../../electron/host/connections/views.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Two connections that note what is read of them. */
function setUp() {
  const read: string[] = []
  const inventory = (id: string) => ({
    readDomains: async () => void read.push(`${id} domains`),
    readNetworks: async () => {
      read.push(`${id} networks`)
      return [{ uuid: 'on', active: true }, { uuid: 'off', active: false }]
    },
    readPools: async () => {
      read.push(`${id} pools`)
      return [{ uuid: 'p1', active: true }, { uuid: 'p2', active: true }]
    },
    touched: async (kind: string, uuid: string) => void read.push(`${id} ${kind} ${uuid}`),
    stale: (kind: string, uuid: string) => void read.push(`${id} stale ${kind} ${uuid}`),
  })
  const all = ['a', 'b'].map((id) => ({ view: { id }, inventory: inventory(id) }))
  const off = { view: { id: 'off' }, inventory: null }
  const connections = { all: () => [...all, off] } as unknown as Connections
  const faults: unknown[] = []
  const views = createViews(connections, (_what, error) => faults.push(error))
  const gone = new AbortController()
  const show = (page: string, connection: string | null = 'a', uuid: string | null = null, visible = true): Promise<unknown> => {
    views.show({ id: 'one', gone: gone.signal }, { page, connection, uuid, visible })
    return vi.advanceTimersByTimeAsync(0)
  }
  const taken = (): string[] => read.splice(0)
  return { show, taken, gone, faults, views }
}

describe('what is on screen', () => {
  it.each([
    ['machines', null, ['a domains']],
    ['machine', 'm', ['a domain m']],
    ['networks', null, ['a networks', 'a stale network on', 'a domains']],
    ['networks', 'off', ['a networks', 'a stale network off', 'a domains']],
    ['storage', null, ['a pools', 'a stale pool p1', 'a stale pool p2']],
    ['storage', 'p2', ['a pools', 'a stale pool p2']],
    ['settings', null, []],
  ])('%s %s is read when it is opened, when the window gets focus, and every 30 s', async (page, uuid, expected) => {
    const { show, taken } = setUp()
    await show(page, 'a', uuid)
    expect(taken()).toEqual(expected)
    await show(page, 'a', uuid)
    expect(taken()).toEqual(expected)
    await vi.advanceTimersByTimeAsync(REFRESH_MS - 1)
    expect(taken()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(taken()).toEqual(expected)
    await vi.advanceTimersByTimeAsync(REFRESH_MS)
    expect(taken()).toEqual(expected)
  })

  it('all machines are those of every connection', async () => {
    const { show, taken } = setUp()
    await show('machines', null)
    expect(taken()).toEqual(['a domains', 'b domains'])
  })

  it('nothing is read while it is hidden, or by a connection that is off', async () => {
    const { show, taken, faults } = setUp()
    await show('machines')
    await show('machines', 'a', null, false)
    taken()
    await vi.advanceTimersByTimeAsync(10 * REFRESH_MS)
    await show('machines', 'off')
    expect(taken()).toEqual([])
    expect(faults).toEqual([])
  })

  it('another page ends the reading of the one before; a page that is gone ends all', async () => {
    const { show, taken, gone } = setUp()
    await show('machines')
    await show('storage', 'b', 'p1')
    taken()
    await vi.advanceTimersByTimeAsync(REFRESH_MS)
    expect(taken()).toEqual(['b pools', 'b stale pool p1'])
    gone.abort()
    await vi.advanceTimersByTimeAsync(10 * REFRESH_MS)
    await show('machines')
    await vi.advanceTimersByTimeAsync(REFRESH_MS)
    expect(taken()).toEqual([])
  })
})
