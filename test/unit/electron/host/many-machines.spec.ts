/** A connection with so many machines that they are listed before their documents are read. */
import { describe, expect, it } from 'vitest'
import type { EventEnvelope } from '../../../../shared/contract/index.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Hint, Listening } from '../../../../electron/host/connections/libvirt-reads.ts'
import { LiveConnection } from '../../../../electron/host/connections/live-connection.ts'
import { until } from '../../../harness/poll.ts'
import { exampleDomain, exampleUuid } from '../../examples.ts'

const whole = (number: number, more: Partial<DomainSummary> = {}): DomainSummary =>
  exampleDomain({ uuid: exampleUuid(number), name: `m${number}`, title: `Machine ${number}`, ...more })
const row = (number: number): DomainSummary => whole(number, { title: null, complete: false })
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** A libvirt whose reading of all machines the test drives step by step. */
function setUp() {
  const domains = new Map(numbers(1, 60).map((number) => [exampleUuid(number), whole(number)]))
  const readings: { listening: Listening<DomainSummary>; end(found: readonly DomainSummary[]): void; fail(error: unknown): void }[] = []
  const one: string[][] = []
  let listener: { onHint(hint: Hint): void; onLost(): void } | null = null
  const nothing = { uuids: () => Promise.resolve([]), some: () => Promise.resolve([]) }
  const events: EventEnvelope[] = []
  const faults: unknown[] = []
  const live = new LiveConnection(
    { id: 'c1', uri: 'test:///default', name: null, kind: 'test', autoconnect: false, removable: true, environmentDefault: false, note: null },
    {
      reads: {
        open: () => Promise.resolve({ versions: { libvirt: '9.0.0', hypervisor: null }, capabilities: null }),
        domains: {
          uuids: () => Promise.resolve([...domains.keys()]),
          some: (_target, uuids) => {
            one.push([...uuids])
            return Promise.resolve(uuids.flatMap((uuid) => domains.get(uuid) ?? []))
          },
          all: (_target, listening) => new Promise((end, fail) => void readings.push({ listening, end, fail })),
        },
        networks: nothing,
        pools: nothing,
        watch: (_target, given) => {
          listener = given
          // its streams never say that they listen: nothing is looked at twice here
          return { stop: () => undefined, ready: new Promise(() => undefined) }
        },
      },
      emit: (event, payload) => void events.push({ event, payload }),
      log: undefined,
      rights: () => Promise.resolve({ needs: null, forNow: false }),
      askForPassword: () => Promise.resolve('given'),
      session: null,
      onFault: (_what, error) => faults.push(error),
    },
  )
  const reading = () => until('a reading', 10_000, () => readings.shift())
  return { live, domains, reading, one, events, faults, hint: (name: string) => listener?.onHint({ kind: 'domain', name, event: 'lifecycle', detail: '' }) }
}

/** What a page knows that heard all of this. */
function known(events: readonly EventEnvelope[]): Map<string, DomainSummary> {
  const all = new Map<string, DomainSummary>()
  for (const { event, payload } of events) {
    if (event === 'domain.listed' && 'domains' in payload) all.clear()
    if ('domains' in payload) for (const domain of payload.domains) all.set(domain.uuid, domain)
    if (event === 'domain.changed' && 'domain' in payload) all.set(payload.domain.uuid, payload.domain)
    if (event === 'domain.removed' && 'uuid' in payload) all.delete(payload.uuid)
  }
  return all
}

async function listed() {
  const all = setUp()
  const connecting = all.live.connect()
  const reading = await all.reading()
  reading.listening.onRows(numbers(1, 60).map(row))
  expect((await connecting).state).toBe('connected')
  return { ...all, reading: () => all.reading(), first: reading }
}

describe('many machines', () => {
  it('are connected and listed by name and state first, then completed in portions, each machine once', async () => {
    const { live, events, first } = await listed()
    expect([...known(events).values()]).toEqual(numbers(1, 60).map(row))
    expect(live.inventory?.complete).toBe(false)
    first.listening.onSome(numbers(1, 30).map((number) => whole(number)))
    expect([...known(events).values()].filter((one) => one.complete)).toHaveLength(30)
    first.listening.onSome(numbers(31, 60).map((number) => whole(number)))
    first.end(numbers(1, 60).map((number) => whole(number)))
    await until('the end', 10_000, () => live.inventory?.complete || undefined)
    expect([...known(events).values()]).toEqual(numbers(1, 60).map((number) => whole(number)))
    expect(events.filter(({ event }) => event.startsWith('domain.')).map(({ event }) => event)).toEqual(['domain.listed', 'domain.several', 'domain.several'])
    const sequence = events.flatMap(({ payload }) => ('seq' in payload ? [payload.seq] : []))
    expect(sequence).toEqual(sequence.map((_, index) => index + 1))
  })

  it('are answered whole to whoever asks: a request waits for the documents', async () => {
    const { live, first, reading } = await listed()
    const answer = live.ready().then((inventory) => inventory.readDomains())
    first.end(numbers(1, 60).map((number) => whole(number)))
    const second = await reading()
    // nothing incomplete is told of what is known
    second.listening.onRows(numbers(1, 60).map(row))
    expect(live.inventory?.domains.every((one) => one.complete)).toBe(true)
    second.end(numbers(1, 60).map((number) => whole(number)))
    expect((await answer).every((one) => one.complete)).toBe(true)
  })

  it('that vanish, appear and change in the middle are right in the end', async () => {
    const { live, domains, events, first, hint } = await listed()
    first.listening.onSome(numbers(1, 30).map((number) => whole(number)))
    domains.delete(exampleUuid(40))
    domains.set(exampleUuid(61), whole(61))
    domains.set(exampleUuid(2), whole(2, { state: 'running', id: 5 }))
    for (const name of ['m40', 'm61', 'm2', 'm50']) hint(name)
    first.listening.onSome(numbers(31, 60).filter((number) => number !== 40).map((number) => whole(number)))
    first.end(numbers(1, 60).filter((number) => number !== 40).map((number) => whole(number)))
    await until('what changed', 10_000, () => (known(events).get(exampleUuid(2))?.state === 'running' && known(events).has(exampleUuid(61))) || undefined)
    const expected = [...domains.values()].toSorted((a, b) => a.uuid.localeCompare(b.uuid))
    expect([...known(events).values()].toSorted((a, b) => a.uuid.localeCompare(b.uuid))).toEqual(expected)
    expect(live.inventory?.domains.toSorted((a, b) => a.uuid.localeCompare(b.uuid))).toEqual(expected)
  })

  it('of a connection that is closed in the middle: the read is given up, and nothing more is told', async () => {
    const { live, events, first } = await listed()
    live.disconnect()
    expect(first.listening.signal.aborted).toBe(true)
    const told = events.length
    first.listening.onSome(numbers(1, 60).map((number) => whole(number)))
    first.fail(new AppError('cancelled'))
    await until('the end', 10_000, () => live.view.state === 'disconnected' || undefined)
    expect(events.length).toBe(told)
    const again = live.connect()
    expect(live.view.state).toBe('connecting')
    live.disconnect()
    await again
  })

  it('whose documents cannot be read are no list: the connection is tried again, and says why', async () => {
    const { live, first, events, faults } = await listed()
    first.fail(new AppError('daemon-down', {}, 'gone in the middle'))
    await until('the loss', 10_000, () => live.view.state === 'reconnecting' || undefined)
    expect(live.view.error).toMatchObject({ code: 'daemon-down', detail: 'gone in the middle' })
    expect(live.inventory).toBeNull()
    live.disconnect()
    expect(faults).toEqual([])
    expect(events.at(-1)).toMatchObject({ event: 'connection.changed', payload: { state: 'disconnected' } })
  })
})
