import { describe, expect, it } from 'vitest'
import { applyEvent, domainKey, emptyData, type Data } from '../../../../renderer/stores/updates.ts'
import type { EventName, Events } from '../../../../shared/contract/index.ts'
import type { LoggedCommand } from '../../../../shared/model/command.ts'
import { defaultSettings } from '../../../../shared/model/settings.ts'
import {
  exampleConnection,
  exampleDomain,
  exampleJob,
  exampleNetwork,
  examplePool,
  exampleUuid,
} from '../../examples.ts'

const one = exampleDomain({ uuid: exampleUuid(1), name: 'one' })
const two = exampleDomain({ uuid: exampleUuid(2), name: 'two' })
const far = exampleDomain({ uuid: exampleUuid(1), name: 'far', connection: 'c2' })

const after = <N extends EventName>(data: Data, event: N, payload: Events[N]): Data => ({
  ...data,
  ...applyEvent(data, { event, payload }).patch,
})

const listed = after(
  after(emptyData, 'domain.listed', { connection: 'c1', seq: 1, domains: [one, two] }),
  'domain.listed',
  { connection: 'c2', seq: 7, domains: [far] },
)

const command = (id: number): LoggedCommand => ({ id }) as LoggedCommand

describe('machines in the store', () => {
  it('are those of a whole list, without touching those of other connections', () => {
    const fresh = after(listed, 'domain.listed', { connection: 'c1', seq: 2, domains: [two] })
    expect(Object.keys(fresh.domains).toSorted()).toEqual(
      [domainKey('c1', two.uuid), domainKey('c2', far.uuid)].toSorted(),
    )
    expect(fresh.listed).toEqual({ c1: true, c2: true })
  })

  it('change one at a time, told apart by their connection', () => {
    const paused = { ...one, state: 'paused' as const }
    const fresh = after(listed, 'domain.changed', { connection: 'c1', seq: 2, domain: paused })
    expect(fresh.domains[domainKey('c1', one.uuid)]?.state).toBe('paused')
    expect(fresh.domains[domainKey('c2', far.uuid)]?.state).toBe('shutoff')
  })

  it('change many at a time, and come in too', () => {
    const three = exampleDomain({ uuid: exampleUuid(3), name: 'three' })
    const fresh = after(listed, 'domain.several', { connection: 'c1', seq: 2, domains: [{ ...one, title: 'One' }, three] })
    expect(Object.values(fresh.domains)).toEqual([{ ...one, title: 'One' }, two, far, three])
  })

  it('go one at a time', () => {
    const fresh = after(listed, 'domain.removed', { connection: 'c1', seq: 2, uuid: one.uuid })
    expect(
      Object.values(fresh.domains)
        .map((domain) => domain.name)
        .toSorted(),
    ).toEqual(['far', 'two'])
  })

  it('do not change in the data that was there', () => {
    const before = structuredClone(listed)
    applyEvent(listed, { event: 'domain.removed', payload: { connection: 'c1', seq: 2, uuid: one.uuid } })
    expect(listed).toEqual(before)
  })
})

describe('the numbers of events', () => {
  it('ask for nothing while they follow one another', () => {
    const { missed, patch } = applyEvent(listed, {
      event: 'domain.changed',
      payload: { connection: 'c1', seq: 2, domain: one },
    })
    expect(missed).toBeNull()
    expect(patch.sequences).toEqual({ c1: 2, c2: 7 })
  })

  it.each([
    ['one is left out', 3],
    ['they begin anew', 1],
  ])('name the connection where %s', (_, seq) => {
    const { missed, patch } = applyEvent(listed, {
      event: 'domain.changed',
      payload: { connection: 'c1', seq, domain: one },
    })
    expect(missed).toBe('c1')
    expect(patch.sequences?.['c1']).toBe(seq)
  })

  it('are counted by connection, and the first one is never a gap', () => {
    expect(
      applyEvent(listed, { event: 'pool.listed', payload: { connection: 'c2', seq: 8, pools: [] } }).missed,
    ).toBeNull()
    expect(
      applyEvent(emptyData, { event: 'pool.listed', payload: { connection: 'c1', seq: 40, pools: [] } }).missed,
    ).toBeNull()
  })
})

describe('connections in the store', () => {
  const known = {
    ...listed,
    connections: [exampleConnection('c1'), exampleConnection('c2')],
    networks: { c1: [exampleNetwork()] },
  }

  it('keep their place when they change, and come last when they are new', () => {
    const renamed = after(known, 'connection.changed', exampleConnection('c1', { name: 'new' }))
    expect(renamed.connections.map((connection) => connection.name ?? connection.id)).toEqual(['new', 'c2'])
    expect(after(known, 'connection.changed', exampleConnection('c3')).connections.at(-1)?.id).toBe('c3')
  })

  it('keep what was listed while they reconnect', () => {
    const fresh = after(known, 'connection.changed', exampleConnection('c1', { state: 'reconnecting' }))
    expect(fresh.domains).toEqual(known.domains)
    expect(fresh.networks).toEqual(known.networks)
  })

  it.each(['disconnected', 'failed'] as const)('lose what was listed, not their row, when they are %s', (state) => {
    const fresh = after(known, 'connection.changed', exampleConnection('c1', { state }))
    expect(fresh.connections.map((connection) => connection.state)).toEqual([state, 'connected'])
    expect(Object.values(fresh.domains).map((domain) => domain.name)).toEqual(['far'])
    expect([fresh.networks, fresh.listed, fresh.sequences]).toEqual([{}, { c2: true }, { c2: 7 }])
  })

  it('go with all that was known of them', () => {
    const fresh = after(known, 'connection.removed', { connection: 'c1' })
    expect(fresh.connections.map((connection) => connection.id)).toEqual(['c2'])
    expect(Object.values(fresh.domains).map((domain) => domain.name)).toEqual(['far'])
  })
})

describe('the other lists', () => {
  it('of networks and pools belong to a connection', () => {
    const networks = after(emptyData, 'network.listed', { connection: 'c1', seq: 1, networks: [exampleNetwork()] })
    expect(networks.networks['c1']?.map((network) => network.name)).toEqual(['default'])
    const pools = after(networks, 'pool.listed', {
      connection: 'c2',
      seq: 1,
      pools: [examplePool({ connection: 'c2' })],
    })
    expect(Object.keys(pools.pools)).toEqual(['c2'])
  })

  it('of jobs is newest first, and a job keeps its place', () => {
    const two = after(after(emptyData, 'job.changed', exampleJob('a')), 'job.changed', exampleJob('b'))
    expect(two.jobs.map((job) => job.id)).toEqual(['b', 'a'])
    const done = after(two, 'job.changed', exampleJob('a', { state: 'done' }))
    expect(done.jobs.map((job) => `${job.id} ${job.state}`)).toEqual(['b running', 'a done'])
    expect(after(done, 'job.removed', { job: 'b' }).jobs.map((job) => job.id)).toEqual(['a'])
  })

  it('of commands is in the order they ran, a command is replaced by its end, and five thousand are kept', () => {
    const first = after(emptyData, 'command.logged', command(1))
    const ended = after(after(first, 'command.logged', command(2)), 'command.logged', command(1))
    expect(ended.commands.map((one) => one.id)).toEqual([1, 2])
    const full = { ...emptyData, commands: Array.from({ length: 5_000 }, (_, id) => command(id)) }
    const next = after(full, 'command.logged', command(9_999))
    expect([next.commands.length, next.commands[0]?.id, next.commands.at(-1)?.id]).toEqual([5_000, 1, 9_999])
    expect(after(full, 'command.cleared', {}).commands).toEqual([])
  })

  it('of settings is what the host says', () => {
    expect(after(emptyData, 'settings.changed', { ...defaultSettings, theme: 'dark' }).settings.theme).toBe('dark')
  })

  it('change by no event that only tells something', () => {
    expect(
      applyEvent(listed, { event: 'object.stale', payload: { connection: 'c1', kind: 'domain', uuid: one.uuid } })
        .patch,
    ).toEqual({})
  })
})
