import { describe, expect, it } from 'vitest'
import type { HandlerContext, Handlers } from '../../../../electron/host/context.ts'
import { dispatch, isRequestName } from '../../../../electron/host/dispatch.ts'
import { connectIpc, CALL_CHANNEL, EVENT_CHANNEL } from '../../../../electron/host/transports/ipc.ts'
import type { Host } from '../../../../electron/host/create-host.ts'
import type { EventEnvelope, Result } from '../../../../shared/contract/index.ts'
import { AppError } from '../../../../shared/model/error.ts'

/** Handlers that note what they are given, and a page that can leave. */
function setUp(work: (input: unknown) => Promise<unknown> = async () => undefined) {
  const given: unknown[] = []
  const faults: unknown[] = []
  const page = new AbortController()
  const handler = (input: unknown): Promise<unknown> => {
    given.push(input)
    return work(input)
  }
  const handlers = new Proxy({}, { get: () => handler }) as Handlers
  const context = { caller: { id: 'one', gone: page.signal } } as HandlerContext
  const call = (name: string, input: unknown): Promise<Result<unknown>> => dispatch(handlers, name, input, context, (request, error) => faults.push([request, error]))
  return { call, given, faults, page }
}

describe('a request', () => {
  it('is checked and answered', async () => {
    const { call, given } = setUp(async () => [1])
    expect(await call('domain.list', { connection: 'c1' })).toEqual({ ok: true, value: [1] })
    expect(given).toEqual([{ connection: 'c1' }])
    expect(await setUp().call('domain.list', { connection: 'c1' })).toEqual({ ok: true })
  })

  it.each([
    ['no.such', {}, { request: 'no.such' }],
    ['constructor', {}, { request: 'constructor' }],
    ['__proto__', {}, { request: '__proto__' }],
    ['', {}, { request: '' }],
    ['domain.list', {}, { request: 'domain.list', field: 'connection' }],
    ['domain.list', { connection: 7 }, { request: 'domain.list', field: 'connection' }],
    ['domain.list', { connection: 'c1', more: 1 }, { request: 'domain.list', field: '' }],
    ['domain.list', null, { request: 'domain.list' }],
    ['domain.list', undefined, { request: 'domain.list' }],
    ['domain.start', { connection: 'c1', uuid: '../../x' }, { field: 'uuid' }],
    ['settings.update', { confirm: { forceOff: true, forceReset: true, shutdown: 'x' } }, { field: 'confirm.shutdown' }],
  ])('%s with %j is refused before any handler', async (name, input, params) => {
    const { call, given, faults } = setUp()
    expect(await call(name, input)).toMatchObject({ ok: false, error: { code: 'invalid-input', params } })
    expect(given).toEqual([])
    expect(faults).toEqual([])
  })

  it('that fails is answered with its error; a fault of ours is reported too', async () => {
    const failing = setUp(() => Promise.reject(new AppError('not-found', { uuid: 'u' }, 'libvirt’s words')))
    expect(await failing.call('domain.list', { connection: 'c1' })).toEqual({ ok: false, error: { code: 'not-found', params: { uuid: 'u' }, detail: 'libvirt’s words', remedies: [] } })
    expect(failing.faults).toEqual([])
    const broken = setUp(() => Promise.reject(new TypeError('x is undefined')))
    expect(await broken.call('domain.list', { connection: 'c1' })).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(broken.faults).toEqual([['domain.list', expect.any(TypeError)]])
  })

  it('of a page that is gone ends there, while its work goes on', async () => {
    let done: () => void = () => undefined
    let ended = false
    const { call, page } = setUp(() => new Promise<void>((resolve) => (done = resolve)).then(() => void (ended = true)))
    const waiting = call('domain.list', { connection: 'c1' })
    page.abort()
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    done()
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toBe(true)
  })

  it('has a name of the contract', () => {
    expect(isRequestName('domain.list')).toBe(true)
    expect(['toString', 'hasOwnProperty', 'domain', ''].some(isRequestName)).toBe(false)
  })
})

describe('the window’s two channels', () => {
  const setUpWindow = () => {
    const handlers = new Map<string, (event: string, ...values: unknown[]) => Promise<unknown>>()
    const sent: unknown[] = []
    const asked: unknown[] = []
    let destroyed = false
    let listener: ((envelope: EventEnvelope) => void) | null = null
    const host = {
      dispatch: async (name: string, input: unknown, caller: { id: string; gone: AbortSignal }) => {
        asked.push([name, input, caller.id, caller.gone.aborted])
        return { ok: true, value: caller.gone }
      },
      subscribe: (given: (envelope: EventEnvelope) => void) => {
        listener = given
        return () => void (listener = null)
      },
    } as unknown as Host
    const end = connectIpc<string>(host, {
      ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler), removeHandler: (channel) => void handlers.delete(channel) },
      webContents: { send: (channel, envelope) => void sent.push([channel, envelope]), isDestroyed: () => destroyed },
      isOwnPage: (event) => event === 'own',
    })
    const call = (event: string, ...values: unknown[]) => handlers.get(CALL_CHANNEL)?.(event, ...values)
    return { call, sent, asked, handlers, end, emit: (envelope: EventEnvelope) => listener?.(envelope), destroy: () => void (destroyed = true), listens: () => listener !== null }
  }
  const envelope: EventEnvelope = { event: 'job.removed', payload: { job: 'x' } }

  it('take calls of the app’s own page alone', async () => {
    const { call, asked } = setUpWindow()
    expect(await call('own', 'app.info', {})).toMatchObject({ ok: true })
    expect(await call('foreign', 'app.info', {})).toMatchObject({ ok: false, error: { code: 'permission-denied' } })
    await call('own', { toString: () => 'app.info' }, {})
    expect(asked).toEqual([['app.info', {}, 'window', false], ['', {}, 'window', false]])
  })

  it('bring events, as long as there is a page', () => {
    const { emit, sent, destroy } = setUpWindow()
    emit(envelope)
    destroy()
    emit(envelope)
    expect(sent).toEqual([[EVENT_CHANNEL, envelope]])
  })

  it('end together, and end what their page waits for', async () => {
    const { call, handlers, end, listens } = setUpWindow()
    const answer = (await call('own', 'app.info', {})) as { value: AbortSignal }
    end()
    expect(answer.value.aborted).toBe(true)
    expect(handlers.size).toBe(0)
    expect(listens()).toBe(false)
  })
})
