import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backoffSeconds } from '../../../../electron/host/connections/backoff.ts'
import { createCoalescer } from '../../../../electron/host/connections/coalesce.ts'
import { createReadQueue } from '../../../../electron/host/connections/read-queue.ts'
import { createLife } from '../../../../electron/host/transports/life.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('backoff', () => {
  it('doubles from 1 to 30 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 100].map((failures) => backoffSeconds(failures, () => 0.5))).toEqual([1, 2, 4, 8, 16, 30, 30, 30])
  })

  it('spreads tries by a fifth, within 1 and 30 seconds', () => {
    expect([backoffSeconds(4, () => 0), backoffSeconds(4, () => 0.999)]).toEqual([13, 19])
    expect([backoffSeconds(0, () => 0), backoffSeconds(9, () => 0.999), backoffSeconds(9, () => 0)]).toEqual([1, 30, 24])
  })
})

describe('coalescing of hints', () => {
  it('acts at once on the first of a quiet object, and once more on those of the next 200 ms', () => {
    const acted: string[] = []
    const coalescer = createCoalescer((key) => acted.push(key))
    coalescer.hint('a')
    expect(acted).toEqual(['a'])
    for (let hint = 0; hint < 10; hint++) coalescer.hint('a')
    coalescer.hint('b')
    expect(acted).toEqual(['a', 'b'])
    vi.advanceTimersByTime(200)
    expect(acted).toEqual(['a', 'b', 'a'])
    vi.advanceTimersByTime(1_000)
    expect(acted).toEqual(['a', 'b', 'a'])
    coalescer.hint('a')
    expect(acted).toEqual(['a', 'b', 'a', 'a'])
  })

  it('a stream of hints is acted on every 200 ms, not never', () => {
    let acts = 0
    const coalescer = createCoalescer(() => acts++)
    for (let time = 0; time < 1_000; time += 50) {
      coalescer.hint('a')
      vi.advanceTimersByTime(50)
    }
    expect(acts).toBeGreaterThanOrEqual(5)
    expect(acts).toBeLessThanOrEqual(6)
  })

  it('does nothing after it was stopped', () => {
    const acted: string[] = []
    const coalescer = createCoalescer((key) => acted.push(key))
    coalescer.hint('a')
    coalescer.hint('a')
    coalescer.stop()
    coalescer.hint('b')
    vi.advanceTimersByTime(1_000)
    expect(acted).toEqual(['a'])
  })
})

describe('reads of one connection', () => {
  it('run one after the other; one that waits is shared, one that has begun is not', async () => {
    const { read } = createReadQueue()
    const log: string[] = []
    let finish = (): void => undefined
    const slow = read('slow', () => new Promise<void>((resolve) => (finish = resolve)))
    await Promise.resolve()
    const again = read('slow', async () => void log.push('slow again'))
    const first = read('list', async () => log.push('list'))
    const second = read('list', async () => log.push('never'))
    expect(second).toBe(first)
    await Promise.resolve()
    expect(log).toEqual([])
    finish()
    await Promise.all([slow, again, first])
    expect(log).toEqual(['slow again', 'list'])
  })

  it('go on after one that failed', async () => {
    const { read } = createReadQueue()
    await expect(read('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await read('a', async () => 7)).toBe(7)
  })
})

describe('life of the host', () => {
  const setUp = () => {
    const state = { jobs: false, ended: 0 }
    const life = createLife({ idleMs: 60_000, jobsRun: () => state.jobs, onEnd: () => state.ended++ })
    return { state, life }
  }

  it('waits for its first page without limit', () => {
    const { state } = setUp()
    vi.advanceTimersByTime(86_400_000)
    expect(state.ended).toBe(0)
  })

  it('ends a minute after the last page closed; a reload goes on', () => {
    const { state, life } = setUp()
    life.pages(1)
    life.pages(2)
    life.pages(1)
    vi.advanceTimersByTime(120_000)
    expect(state.ended).toBe(0)
    life.pages(0)
    vi.advanceTimersByTime(59_000)
    life.pages(1)
    vi.advanceTimersByTime(120_000)
    expect(state.ended).toBe(0)
    life.pages(0)
    vi.advanceTimersByTime(60_000)
    expect(state.ended).toBe(1)
  })

  it('never while a job runs: then when it ended', () => {
    const { state, life } = setUp()
    state.jobs = true
    life.pages(1)
    life.pages(0)
    vi.advanceTimersByTime(600_000)
    life.jobsChanged()
    expect(state.ended).toBe(0)
    state.jobs = false
    life.jobsChanged()
    expect(state.ended).toBe(1)
  })

  it('a page that comes back while a job kept the host keeps it too', () => {
    const { state, life } = setUp()
    state.jobs = true
    life.pages(1)
    life.pages(0)
    vi.advanceTimersByTime(60_000)
    life.pages(1)
    state.jobs = false
    life.jobsChanged()
    vi.advanceTimersByTime(600_000)
    expect(state.ended).toBe(0)
  })
})
