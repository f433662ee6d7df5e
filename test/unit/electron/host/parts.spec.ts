import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import fc from 'fast-check'
import { createCommandLog, KEPT_COMMANDS } from '../../../../electron/host/command-log.ts'
import { backoffSeconds } from '../../../../electron/host/connections/backoff.ts'
import { createCoalescer } from '../../../../electron/host/connections/coalesce.ts'
import { createReadQueue } from '../../../../electron/host/connections/read-queue.ts'
import type { Emit } from '../../../../electron/host/emit.ts'
import { logTo } from '../../../../electron/host/log.ts'
import { consoleAddresses } from '../../../../electron/host/relay.ts'
import { createLife } from '../../../../electron/host/transports/life.ts'

describe('hints', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('the first of a quiet object is acted on at once, those that follow are gathered', () => {
    const acted: string[] = []
    const { hint } = createCoalescer((key) => acted.push(key))
    for (const key of ['a', 'a', 'b', 'a']) hint(key)
    expect(acted).toEqual(['a', 'b'])
    vi.advanceTimersByTime(199)
    expect(acted).toEqual(['a', 'b'])
    vi.advanceTimersByTime(1)
    expect(acted).toEqual(['a', 'b', 'a'])
    vi.advanceTimersByTime(10_000)
    expect(acted).toEqual(['a', 'b', 'a'])
    hint('a')
    expect(acted).toEqual(['a', 'b', 'a', 'a'])
  })

  it('a flood is acted on five times a second, and its last word is heard', () => {
    let acted = 0
    let last = 0
    const { hint } = createCoalescer(() => {
      acted++
      last = Date.now()
    })
    const end = Date.now() + 2_000
    for (; Date.now() < end; vi.advanceTimersByTime(10)) hint('a')
    expect(acted).toBeLessThanOrEqual(11)
    vi.advanceTimersByTime(1_000)
    expect(last).toBeGreaterThanOrEqual(end - 10)
  })

  it('after the end are none', () => {
    const acted: string[] = []
    const { hint, stop } = createCoalescer((key) => acted.push(key))
    hint('a')
    hint('a')
    stop()
    hint('b')
    vi.advanceTimersByTime(1_000)
    expect(acted).toEqual(['a'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('reads of one connection', () => {
  const deferred = () => {
    let resolve: (value: string) => void = () => undefined
    return { promise: new Promise<string>((done) => (resolve = done)), resolve: (value: string) => resolve(value) }
  }

  it('run one after the other, in the order in which they were asked', async () => {
    const { read } = createReadQueue()
    const first = deferred()
    const begun: string[] = []
    const one = read('a', () => {
      begun.push('a')
      return first.promise
    })
    const two = read('b', async () => {
      begun.push('b')
      return 'two'
    })
    await vi.waitFor(() => expect(begun).toEqual(['a']), { timeout: 30_000 })
    first.resolve('one')
    expect(await Promise.all([one, two])).toEqual(['one', 'two'])
    expect(begun).toEqual(['a', 'b'])
  })

  it('that wait are shared, one that has begun is not', async () => {
    const { read } = createReadQueue()
    const gate = deferred()
    let count = 0
    const work = async (): Promise<string> => {
      const own = ++count
      await gate.promise
      return String(own)
    }
    const first = read('a', work)
    await vi.waitFor(() => expect(count).toBe(1), { timeout: 30_000 })
    const [second, third] = [read('a', work), read('a', work)]
    expect(third).toBe(second)
    gate.resolve('')
    expect(await Promise.all([first, second, third])).toEqual(['1', '2', '2'])
  })

  it('go on after one that failed', async () => {
    const { read } = createReadQueue()
    const failing = read('a', () => Promise.reject(new Error('no')))
    const next = read('b', async () => 'yes')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})

describe('the wait for the next try', () => {
  it('doubles up to half a minute, a little more or less', () => {
    expect([0, 1, 2, 3, 4, 5, 99].map((failures) => backoffSeconds(failures, () => 0.5))).toEqual([1, 2, 4, 8, 16, 30, 30])
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const seconds = backoffSeconds(failures, () => random)
        expect(Number.isInteger(seconds)).toBe(true)
        expect(seconds).toBeGreaterThanOrEqual(1)
        expect(seconds).toBeLessThanOrEqual(30)
      }),
    )
  })
})

describe('the command log', () => {
  const entry = (line: string) => ({ connection: 'c1', line, startedAt: '2026-11-21T10:00:00.000Z', milliseconds: 1, ok: true, error: null })

  it('numbers what it is told, tells it, and keeps the last', () => {
    const told: unknown[] = []
    const emit: Emit = (event, payload) => void told.push([event, payload])
    const log = createCommandLog(emit)
    for (let number = 1; number <= KEPT_COMMANDS + 2; number++) log.add(entry(`line ${number}`))
    expect(log.list()).toHaveLength(KEPT_COMMANDS)
    expect(log.list()[0]).toMatchObject({ id: 3, line: 'line 3' })
    expect(told).toHaveLength(KEPT_COMMANDS + 2)
    expect(told[0]).toEqual(['command.logged', { id: 1, ...entry('line 1') }])
    log.clear()
    expect(log.list()).toEqual([])
    log.add(entry('after'))
    expect(log.list()[0]?.id).toBe(KEPT_COMMANDS + 3)
    expect(told.at(-2)).toEqual(['command.cleared', {}])
  })
})

describe('the host’s own log', () => {
  it('holds no secret, wherever it stands', () => {
    let text = ''
    const log = logTo({ write: (line: string) => void (text += line) })
    log.info({ token: 'T1', inner: { password: 'P2', deep: { ticket: 'K3', passwd: 'W4' } }, secret: 'S5', kept: 'value' }, 'message')
    expect(text).not.toMatch(/T1|P2|K3|W4|S5/)
    expect(JSON.parse(text)).toMatchObject({ kept: 'value', token: '***', inner: { password: '***', deep: { ticket: '***' } }, msg: 'message' })
  })

  it('loses what a full disk does not take, and nothing else', () => {
    const full = { write: () => { throw new Error('ENOSPC: no space left on device, write') } }
    expect(() => logTo(full).error({ err: new Error('x') }, 'fault')).not.toThrow()
  })
})

describe('addresses of the console', () => {
  it('are one-time tickets on this transport’s server', async () => {
    const relay = {
      openDisplay: async () => ({ ticket: 'd1', password: 'p' }),
      openSerial: async (_target: unknown, _uuid: string, port: number) => ({ ticket: `s${port}` }),
      handleUpgrade: () => undefined,
      close: async () => undefined,
    }
    const addresses = consoleAddresses(relay, async () => 'ws://127.0.0.1:4000')
    const target = { uri: 'test:///default', connection: 'c1' }
    expect(await addresses.display(target, 'u')).toEqual({ url: 'ws://127.0.0.1:4000/console/d1', password: 'p' })
    expect(await addresses.serial(target, 'u', 2)).toEqual({ url: 'ws://127.0.0.1:4000/console/s2' })
  })
})

describe('the life of the browser’s host', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const start = (jobs = { run: false }) => {
    let ended = 0
    const life = createLife({ idleMs: 1_000, jobsRun: () => jobs.run, onEnd: () => ended++ })
    return { life, jobs, ended: () => ended }
  }

  it('waits for its first page without limit', () => {
    const { ended } = start()
    vi.advanceTimersByTime(1_000_000)
    expect(ended()).toBe(0)
  })

  it('ends a while after its last page, unless another comes', () => {
    const { life, ended } = start()
    life.pages(1)
    life.pages(0)
    vi.advanceTimersByTime(999)
    life.pages(1)
    vi.advanceTimersByTime(10_000)
    expect(ended()).toBe(0)
    life.pages(0)
    vi.advanceTimersByTime(1_000)
    expect(ended()).toBe(1)
  })

  it('never ends while a job runs, and ends with the last one', () => {
    const { life, jobs, ended } = start({ run: true })
    life.pages(0)
    vi.advanceTimersByTime(10_000)
    life.jobsChanged()
    expect(ended()).toBe(0)
    jobs.run = false
    life.jobsChanged()
    expect(ended()).toBe(1)
  })

  it('does not end for a job that ends while a page is there', () => {
    const { life, jobs, ended } = start({ run: true })
    life.pages(0)
    vi.advanceTimersByTime(10_000)
    life.pages(1)
    jobs.run = false
    life.jobsChanged()
    vi.advanceTimersByTime(10_000)
    expect(ended()).toBe(0)
  })

  it('ends by nothing once it is stopped', () => {
    const { life, ended } = start()
    life.pages(0)
    life.stop()
    vi.advanceTimersByTime(10_000)
    life.jobsChanged()
    expect(ended()).toBe(0)
  })
})
