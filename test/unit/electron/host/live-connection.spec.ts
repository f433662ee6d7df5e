import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventEnvelope } from '../../../../shared/contract/index.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Emit } from '../../../../electron/host/emit.ts'
import type { Hint, LibvirtReads } from '../../../../electron/host/connections/libvirt-reads.ts'
import { LiveConnection, type ConnectionFacts } from '../../../../electron/host/connections/live-connection.ts'
import type { PasswordOutcome, Rights } from '../../../../electron/readiness/index.ts'
import { exampleDomain } from '../../examples.ts'

const uuid = (number: number): string => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`
const machine = (number: number, change: Partial<DomainSummary> = {}): DomainSummary =>
  exampleDomain({ uuid: uuid(number), name: `m${number}`, ...change })

/** A libvirt that holds whatever a test puts into it; counts what is read. */
function setUp(change: Partial<ConnectionFacts> = {}) {
  const libvirt = { domains: [machine(1), machine(2)], refuses: null as AppError | null, reads: [] as string[] }
  let listener: { onHint(hint: Hint): void; onLost(): void } | null = null
  const streams = { open: 0, ready: Promise.resolve() }
  const answer = async <T>(what: string, value: () => T): Promise<T> => {
    libvirt.reads.push(what)
    if (libvirt.refuses) throw libvirt.refuses
    return value()
  }
  const reads: LibvirtReads = {
    open: () => answer('open', () => ({ versions: { libvirt: '9.0.0', hypervisor: null }, capabilities: null })),
    domains: {
      uuids: () => answer('uuids', () => libvirt.domains.map((domain) => domain.uuid)),
      some: (_target, uuids) =>
        answer(`domains ${uuids.map((id) => Number(id.slice(-12))).join(' ')}`, () => libvirt.domains.filter((domain) => uuids.includes(domain.uuid))),
    },
    networks: { uuids: () => answer('networks', () => []), some: () => answer('networks', () => []) },
    pools: { uuids: () => answer('pools', () => []), some: () => answer('pools', () => []) },
    watch: (_target, given) => {
      listener = given
      streams.open++
      return { stop: () => void streams.open--, ready: streams.ready }
    },
  }
  const events: EventEnvelope[] = []
  const emit: Emit = (event, payload) => void events.push({ event, payload })
  const faults: unknown[] = []
  const facts = { id: 'c1', uri: 'test:///default', name: null, kind: 'test', autoconnect: false, removable: true, environmentDefault: false, note: null, ...change } as const
  const rights = { answer: { needs: null, forNow: false } as Rights }
  const password = { answer: 'given' as PasswordOutcome }
  const live = new LiveConnection(facts, {
    reads,
    emit,
    log: undefined,
    rights: () => Promise.resolve(rights.answer),
    askForPassword: () => Promise.resolve(password.answer),
    session: 'session',
    onFault: (_what, error) => faults.push(error),
  })
  const hint = (name: string, event = 'lifecycle'): void => listener?.onHint({ kind: 'domain', name, event, detail: '' })
  const of = (name: string): unknown[] => events.filter((one) => one.event === name).map((one) => one.payload)
  return { libvirt, live, rights, password, hint, lose: () => listener?.onLost(), events, of, streams, faults }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('a connection', () => {
  it('connects: whole lists, then connected', async () => {
    const { live, events, of, streams } = setUp()
    const view = await live.connect()
    expect(view).toMatchObject({ state: 'connected', error: null, versions: { libvirt: '9.0.0' } })
    expect(events.map((one) => one.event)).toEqual(['connection.changed', 'domain.listed', 'network.listed', 'pool.listed', 'connection.changed'])
    expect(of('domain.listed')).toEqual([{ connection: 'c1', seq: 1, domains: [machine(1), machine(2)] }])
    expect(streams.open).toBe(1)
    live.disconnect()
    expect(streams.open).toBe(0)
    expect(live.view.state).toBe('disconnected')
  })

  it('that fails says why, leaves no stream, and does not try again by itself', async () => {
    const { live, libvirt, streams } = setUp()
    libvirt.refuses = new AppError('auth-denied', {}, 'access denied')
    expect(await live.connect()).toMatchObject({ state: 'failed', error: { code: 'auth-denied', detail: 'access denied' } })
    expect(streams.open).toBe(0)
    const reads = libvirt.reads.length
    await vi.advanceTimersByTimeAsync(120_000)
    expect(libvirt.reads).toHaveLength(reads)
    libvirt.refuses = null
    expect((await live.connect()).state).toBe('connected')
  })

  it('is looked at once more when its streams listen, and told only what differs', async () => {
    const { live, libvirt, of, streams } = setUp()
    let listen = (): void => undefined
    streams.ready = new Promise((resolve) => (listen = resolve))
    await live.connect()
    libvirt.reads = []
    libvirt.domains[1] = machine(2, { state: 'paused' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(libvirt.reads).toEqual([])
    listen()
    await vi.advanceTimersByTimeAsync(500)
    expect(libvirt.reads).toContain('domains 1 2')
    expect(of('domain.listed')).toHaveLength(1)
    expect(of('domain.changed')).toEqual([{ connection: 'c1', seq: 4, domain: machine(2, { state: 'paused' }) }])
  })

  it('tells a machine that changed as that machine, whichever look finds it', async () => {
    const { live, libvirt, hint, of } = setUp()
    await live.connect()
    libvirt.domains[1] = machine(2, { state: 'paused' })
    const all = (await live.ready()).readDomains()
    hint('m2')
    await all
    await vi.advanceTimersByTimeAsync(300)
    expect(of('domain.changed')).toEqual([{ connection: 'c1', seq: 4, domain: machine(2, { state: 'paused' }) }])
    expect(of('domain.listed')).toHaveLength(1)
  })

  it('tells many machines that differ in one event', async () => {
    const { live, libvirt, of } = setUp()
    await live.connect()
    libvirt.domains = Array.from({ length: 30 }, (_, index) => machine(index + 1))
    await (await live.ready()).readDomains()
    expect(of('domain.changed')).toEqual([])
    expect(of('domain.several')).toEqual([{ connection: 'c1', seq: 4, domains: libvirt.domains.slice(2) }])
    libvirt.domains = [machine(1)]
    await (await live.ready()).readDomains()
    expect(of('domain.listed').at(-1)).toEqual({ connection: 'c1', seq: 5, domains: libvirt.domains })
  })

  it('reads again only the machine that an event names', async () => {
    const { live, libvirt, hint, of } = setUp()
    await live.connect()
    libvirt.reads = []
    libvirt.domains[1] = machine(2, { state: 'running', id: 7 })
    hint('m2')
    await vi.advanceTimersByTimeAsync(0)
    expect(libvirt.reads).toEqual(['domains 2'])
    expect(of('domain.changed')).toEqual([{ connection: 'c1', seq: 4, domain: machine(2, { state: 'running', id: 7 }) }])
    expect(of('object.stale')).toEqual([{ connection: 'c1', kind: 'domain', uuid: uuid(2) }])
  })

  it('finds machines that were defined, undefined, renamed, and made anew under the same name', async () => {
    const { live, libvirt, hint, of } = setUp()
    await live.connect()
    libvirt.reads = []
    libvirt.domains.push(machine(3))
    hint('m3')
    await vi.advanceTimersByTimeAsync(300)
    expect(libvirt.reads).toEqual(['uuids', 'domains 3'])
    expect(of('domain.changed').at(-1)).toMatchObject({ domain: machine(3) })

    libvirt.domains = [machine(1), machine(2, { name: 'new' }), machine(3)]
    hint('m2')
    hint('new')
    await vi.advanceTimersByTimeAsync(300)
    expect(of('domain.changed').at(-1)).toMatchObject({ domain: machine(2, { name: 'new' }) })

    libvirt.domains = [machine(1), machine(2, { name: 'new' })]
    hint('m3')
    await vi.advanceTimersByTimeAsync(300)
    expect(of('domain.removed').at(-1)).toMatchObject({ uuid: uuid(3) })

    libvirt.domains = [machine(4, { name: 'm1' }), machine(2, { name: 'new' })]
    hint('m1')
    await vi.advanceTimersByTimeAsync(300)
    expect(of('domain.removed').at(-1)).toMatchObject({ uuid: uuid(1) })
    expect(of('domain.changed').at(-1)).toMatchObject({ domain: machine(4, { name: 'm1' }) })
    expect(of('domain.listed')).toHaveLength(1)
  })

  it('reads a machine once more that changed while it was read for the first time', async () => {
    const { live, libvirt, hint, of } = setUp()
    await live.connect()
    libvirt.domains.push(machine(3))
    hint('m3') // it was defined, and that is read
    hint('m3') // it was started before that read ended, when it had no name here yet
    await vi.advanceTimersByTimeAsync(0)
    libvirt.domains[2] = machine(3, { state: 'running', id: 4 })
    await vi.advanceTimersByTimeAsync(300)
    expect(of('domain.changed').at(-1)).toMatchObject({ domain: machine(3, { state: 'running', id: 4 }) })
  })

  it('finds a machine that took the name of one that was renamed', async () => {
    const { live, libvirt, hint } = setUp()
    await live.connect()
    libvirt.domains = [machine(1, { name: 'old' }), machine(2), machine(5, { name: 'm1' })]
    for (const name of ['m1', 'old', 'm1']) hint(name)
    await vi.advanceTimersByTimeAsync(300)
    expect((await live.ready()).domains).toEqual([machine(1, { name: 'old' }), machine(2), machine(5, { name: 'm1' })])
  })

  it('numbers its events without a gap', async () => {
    const { live, libvirt, hint, events } = setUp()
    await live.connect()
    for (let vcpus = 2; vcpus < 6; vcpus++) {
      libvirt.domains[0] = machine(1, { vcpus })
      hint('m1')
      await vi.advanceTimersByTimeAsync(300)
    }
    const numbers = events.flatMap(({ payload }) => ('seq' in payload ? [payload.seq] : []))
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(numbers.length).toBe(7)
  })

  it('that lost its streams tries again, slower and slower, says when, and reads everything anew', async () => {
    const { live, libvirt, lose, of, streams } = setUp()
    await live.connect()
    libvirt.refuses = new AppError('daemon-down', {}, 'refused')
    lose()
    expect(live.view).toMatchObject({ state: 'reconnecting', retryInSeconds: 1, error: { code: 'daemon-down' } })
    expect(streams.open).toBe(0)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(live.view).toMatchObject({ state: 'reconnecting', retryInSeconds: 2, error: { detail: 'refused' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(live.view.retryInSeconds).toBe(1)
    libvirt.refuses = null
    libvirt.domains = [machine(9)]
    await vi.advanceTimersByTimeAsync(1_000)
    expect(live.view).toMatchObject({ state: 'connected', error: null, retryInSeconds: null })
    expect(of('domain.listed').at(-1)).toMatchObject({ domains: [machine(9)] })
    lose()
    expect(live.view.retryInSeconds).toBe(1)
  })

  it('disconnected while it waits to try again, it stays so', async () => {
    const { live, lose, libvirt } = setUp()
    await live.connect()
    lose()
    live.disconnect()
    const reads = libvirt.reads.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(live.view.state).toBe('disconnected')
    expect(libvirt.reads).toHaveLength(reads)
  })

  it('connected while it waits to try again, it tries at once', async () => {
    const { live, lose } = setUp()
    await live.connect()
    lose()
    expect((await live.connect()).state).toBe('connected')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(live.view.state).toBe('connected')
  })

  it('whose streams end while it connects is not connected', async () => {
    const { live, lose, libvirt, streams } = setUp()
    const connecting = live.connect()
    for (let turn = 0; turn < 50 && !libvirt.reads.includes('uuids'); turn++) await Promise.resolve()
    lose()
    expect(await connecting).toMatchObject({ state: 'failed', error: { code: 'daemon-down' } })
    expect(streams.open).toBe(0)
  })

  it('a read after an event that finds the daemon gone counts as lost; a fault of ours does not', async () => {
    const { live, libvirt, hint, faults } = setUp()
    await live.connect()
    libvirt.refuses = new AppError('internal', {}, 'bug')
    hint('m1')
    await vi.advanceTimersByTimeAsync(0)
    expect(live.view.state).toBe('connected')
    expect(faults).toHaveLength(1)
    libvirt.refuses = new AppError('daemon-down', {})
    hint('m2')
    await vi.advanceTimersByTimeAsync(0)
    expect(live.view.state).toBe('reconnecting')
  })

  it('a request waits for the attempt that runs, and is told where there is none', async () => {
    const { live } = setUp()
    await expect(live.ready()).rejects.toMatchObject({ code: 'connection-gone' })
    const connecting = live.connect()
    const ready = live.ready()
    await connecting
    expect((await (await ready).readDomains()).length).toBe(2)
  })

  it('disconnected while it connects, nothing of the attempt stays', async () => {
    const { live, streams, of } = setUp()
    const connecting = live.connect()
    live.disconnect()
    await connecting
    await vi.advanceTimersByTimeAsync(5_000)
    expect(live.view.state).toBe('disconnected')
    expect(streams.open).toBe(0)
    expect(of('domain.listed')).toEqual([])
  })

  it('after an own action the row is read again and the pages are told', async () => {
    const { live, libvirt, of } = setUp()
    await live.connect()
    libvirt.domains[0] = machine(1, { autostart: true })
    await (await live.ready()).touched('domain', uuid(1))
    expect(of('domain.changed')).toMatchObject([{ domain: { autostart: true } }])
    expect(of('object.stale')).toEqual([{ connection: 'c1', kind: 'domain', uuid: uuid(1) }])
  })
})

describe('a connection that might ask for a password', () => {
  const password: Rights = { needs: { kind: 'password' }, forNow: false }
  const given: Rights = { needs: null, forNow: true }

  it('does not connect by itself: it says what connecting needs, and does it at the click', async () => {
    const { live, rights, libvirt } = setUp({ autoconnect: true })
    rights.answer = password
    await live.start()
    expect(live.view).toMatchObject({ state: 'disconnected', needs: { kind: 'password' } })
    expect(libvirt.reads).toEqual([])
    rights.answer = given
    expect(await live.connect()).toMatchObject({ state: 'connected', needs: null })
  })

  it('connects by itself where nothing is asked, unless that is not wished', async () => {
    const wished = setUp({ autoconnect: true })
    await wished.live.start()
    expect(wished.live.view.state).toBe('connected')
    const unwished = setUp({ autoconnect: false })
    await unwished.live.start()
    expect(unwished.live.view).toMatchObject({ state: 'disconnected', needs: null })
  })

  it.each([
    [true, 'connected', null],
    [false, 'disconnected', { kind: 'service' }],
  ] as const)('whose daemon is not there is tried where a person added it (%s)', async (removable, state, needs) => {
    const { live, rights } = setUp({ autoconnect: true, removable })
    rights.answer = { needs: { kind: 'service' }, forNow: false }
    await live.start()
    expect(live.view).toMatchObject({ state, needs })
  })

  it('disconnected, it says again what connecting needs; closed for good, it asks nobody', async () => {
    const { live, rights, events } = setUp()
    await live.connect()
    rights.answer = { needs: { kind: 'password' }, forNow: false }
    expect(live.disconnect()).toMatchObject({ state: 'disconnected', needs: null })
    await vi.advanceTimersByTimeAsync(0)
    expect(live.view).toMatchObject({ state: 'disconnected', needs: { kind: 'password' } })
    live.close()
    const told = events.length
    await vi.advanceTimersByTimeAsync(0)
    expect(events).toHaveLength(told)
  })

  it('clicked while the rights are found out, it is connected once', async () => {
    const { live, rights, libvirt } = setUp({ autoconnect: true })
    rights.answer = password
    const started = live.start()
    const clicked = live.connect()
    rights.answer = given
    await Promise.all([started, clicked])
    expect(live.view.state).toBe('connected')
    expect(libvirt.reads.filter((read) => read === 'open')).toHaveLength(1)
  })

  it('does not connect again by itself after its streams were lost', async () => {
    const { live, rights, lose, libvirt, streams } = setUp()
    await live.connect()
    rights.answer = password
    lose()
    libvirt.reads = []
    await vi.advanceTimersByTimeAsync(60_000)
    expect(live.view).toMatchObject({ state: 'disconnected', needs: { kind: 'password' } })
    expect(libvirt.reads).toEqual([])
    expect(streams.open).toBe(0)
  })

  it('reads nothing where the password held for the first virsh alone', async () => {
    const { live, rights, libvirt, streams } = setUp()
    rights.answer = password
    expect(await live.connect()).toMatchObject({ state: 'disconnected', needs: { kind: 'not-kept' } })
    expect(libvirt.reads).toEqual(['open'])
    expect(streams.open).toBe(0)
  })

  it('asks for no password that would not be kept: it fails with the way out, and the session meanwhile', async () => {
    const { live, rights, libvirt } = setUp({ uri: 'qemu:///system', kind: 'system' })
    rights.answer = { needs: { kind: 'not-kept' }, forNow: false }
    const { state, error } = await live.connect()
    expect([state, error?.code, error?.remedies.map((remedy) => remedy.name)]).toEqual(['failed', 'auth-every-time', ['join-group', 'use-session']])
    expect(libvirt.reads).toEqual([])
  })

  it.each([
    ['dismissed', 'auth-cancelled', []],
    ['refused', 'auth-denied', []],
    ['nobody', undefined, ['open']],
    ['unknown', undefined, ['open']],
  ] as const)('goes no further where the password is %s, unless libvirt is to say why', async (answer, code, reads) => {
    const { live, rights, password: asked, libvirt } = setUp({ uri: 'qemu:///system', kind: 'system' })
    rights.answer = password
    asked.answer = answer
    const { error } = await live.connect()
    expect([error?.code, libvirt.reads]).toEqual([code, reads])
  })

  it('goes on trying where what it lacks asks nobody', async () => {
    const { live, rights, lose } = setUp()
    await live.connect()
    rights.answer = { needs: { kind: 'service' }, forNow: false }
    lose()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(live.view.state).toBe('connected')
  })

  it('reads nothing more once a given password holds no longer', async () => {
    const { live, rights, libvirt, hint, streams } = setUp()
    rights.answer = given
    await live.connect()
    libvirt.reads = []
    hint('m1')
    await vi.advanceTimersByTimeAsync(0)
    expect(libvirt.reads).toEqual(['domains 1'])
    rights.answer = password
    libvirt.reads = []
    hint('m2')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(live.view).toMatchObject({ state: 'disconnected', needs: { kind: 'again' } })
    expect(libvirt.reads).toEqual([])
    expect(streams.open).toBe(0)
    await expect(live.ready()).rejects.toMatchObject({ code: 'connection-gone' })
  })

  it('answers a request with that too', async () => {
    const { live, rights } = setUp()
    rights.answer = given
    await live.connect()
    rights.answer = password
    await expect(live.ready()).rejects.toMatchObject({ code: 'connection-gone' })
    expect(live.view).toMatchObject({ state: 'disconnected', needs: { kind: 'again' } })
  })
})
