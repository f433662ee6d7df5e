import { beforeEach, describe, expect, it } from 'vitest'
import { refreshConnection, startEventBridge } from '../../../../renderer/api/event-bridge.ts'
import { appStore } from '../../../../renderer/stores/app-store.ts'
import type { AppInfo } from '../../../../shared/contract/app.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { defaultSettings } from '../../../../shared/model/settings.ts'
import {
  exampleConnection,
  exampleDomain,
  exampleJob,
  exampleNetwork,
  examplePool,
  exampleUuid,
} from '../../examples.ts'
import { answered, resetStore, withHost, type TestHost } from '../host.ts'

const domain = (name: string, more: Partial<DomainSummary> = {}): DomainSummary =>
  exampleDomain({ uuid: exampleUuid(name.length), name, ...more })

const names = (): readonly string[] => Object.values(appStore.getState().domains).map((one) => one.name)
const failures: unknown[] = []
startEventBridge((error) => failures.push(error))

const lists = {
  'domain.list': () => [domain('one')],
  'network.list': () => [exampleNetwork()],
  'pool.list': () => [examplePool()],
}

const everything = {
  ...lists,
  'app.info': () => ({ hostClipboard: false }) as AppInfo,
  'settings.get': () => ({ ...defaultSettings, theme: 'dark' as const }),
  'connection.list': () => [exampleConnection('c1'), exampleConnection('c2', { state: 'failed' })],
  'job.list': () => [
    exampleJob('old', { startedAt: '2026-01-01T00:00:00.000Z' }),
    exampleJob('new', { startedAt: '2026-02-01T00:00:00.000Z' }),
  ],
  'command.list': () => [],
}

const listReads = (host: TestHost): number => host.names.filter((name) => name === 'domain.list').length

beforeEach(() => {
  resetStore()
  appStore.setState({ connections: [exampleConnection('c1')] })
  failures.length = 0
})

describe('the lists of a connection', () => {
  it('are read together', async () => {
    withHost(lists)
    await refreshConnection('c1')
    const { networks, pools, listed } = appStore.getState()
    expect([names(), networks['c1']?.length, pools['c1']?.length, listed['c1']]).toEqual([['one'], 1, 1, true])
  })

  it('are read once for all that ask at the same time, and anew later', async () => {
    const host = withHost(lists)
    await Promise.all([refreshConnection('c1'), refreshConnection('c1')])
    expect(listReads(host)).toBe(1)
    await refreshConnection('c1')
    expect(listReads(host)).toBe(2)
  })

  it('are read again where an event overtook the answer, four times at most', async () => {
    const host: TestHost = withHost({
      ...lists,
      'domain.list': () => {
        const seq = (appStore.getState().sequences['c1'] ?? 0) + 1
        host.tell('domain.changed', { connection: 'c1', seq, domain: domain('one') })
        return [domain('one')]
      },
    })
    await refreshConnection('c1')
    expect(listReads(host)).toBe(4)
  })

  it('are not kept of a connection that was removed before the last of them came', async () => {
    const host: TestHost = withHost({
      ...lists,
      'pool.list': () => {
        host.tell('connection.removed', { connection: 'c1' })
        throw new AppError('connection-gone')
      },
    })
    await refreshConnection('c1')
    const { domains, networks, listed } = appStore.getState()
    expect([domains, networks, listed]).toEqual([{}, {}, {}])
  })

  it('that cannot be read leave the others and what was known', async () => {
    appStore.setState({ networks: { c1: [exampleNetwork({ name: 'known' })] } })
    withHost({
      ...lists,
      'network.list': () => {
        throw new AppError('connection-gone')
      },
    })
    await refreshConnection('c1')
    expect([names(), appStore.getState().networks['c1']?.[0]?.name]).toEqual([['one'], 'known'])
  })
})

describe('the store', () => {
  it('is filled when the link opens: connections that stand are listed, jobs newest first', async () => {
    const host = withHost(everything)
    host.link('open')
    await answered()
    const { settings, connections, jobs, link } = appStore.getState()
    expect([link, settings.theme, connections.length, jobs.map((job) => job.id)]).toEqual([
      'open',
      'dark',
      2,
      ['new', 'old'],
    ])
    expect(host.asked.filter(({ name }) => name === 'domain.list').map(({ input }) => input)).toEqual([
      { connection: 'c1' },
    ])
  })

  it('takes no answer that an event has overtaken', async () => {
    let asked = 0
    const host: TestHost = withHost({
      ...everything,
      'settings.get': () => {
        asked += 1
        if (asked === 1) host.tell('settings.changed', { ...defaultSettings, editXml: true })
        return { ...defaultSettings, editXml: asked > 1 }
      },
    })
    host.link('open')
    await answered()
    await answered()
    expect([asked, appStore.getState().settings.editXml]).toEqual([2, true])
  })

  it('says what went wrong with the first reading, except that the link broke meanwhile', async () => {
    const broken = {
      ...everything,
      'settings.get': () => {
        throw new AppError('internal')
      },
    }
    withHost(broken).link('open')
    await answered()
    expect(failures).toMatchObject([{ code: 'internal' }])
    const host = withHost(broken)
    host.link('open')
    host.link('lost')
    await answered()
    expect(failures.length).toBe(1)
  })

  it('follows events, and asks for the lists where one was missed', async () => {
    const host = withHost(everything)
    appStore.setState({ sequences: { c1: 4 } })
    host.tell('domain.changed', { connection: 'c1', seq: 5, domain: domain('two') })
    await answered()
    expect([names(), host.names]).toEqual([['two'], []])
    host.tell('domain.removed', { connection: 'c1', seq: 9, uuid: exampleUuid(9) })
    await answered()
    expect([names(), listReads(host)]).toEqual([['one'], 1])
  })

  it('asks for no list of a connection whose connecting it has heard, except after a lost link', async () => {
    const host = withHost({ ...everything, 'connection.list': () => [exampleConnection('c1', { state: 'connecting' })] })
    const connects = async (seq: number): Promise<void> => {
      host.tell('domain.listed', { connection: 'c1', seq, domains: [domain('one')] })
      host.tell('network.listed', { connection: 'c1', seq: seq + 1, networks: [] })
      host.tell('pool.listed', { connection: 'c1', seq: seq + 2, pools: [] })
      host.tell('connection.changed', exampleConnection('c1'))
      await answered()
    }
    host.tell('connection.changed', exampleConnection('c1', { state: 'connecting' }))
    await connects(1)
    expect([names(), listReads(host)]).toEqual([['one'], 0])
    host.link('lost')
    host.link('open')
    await answered()
    // its lists were told while nobody listened
    host.tell('connection.changed', exampleConnection('c1'))
    await answered()
    expect(listReads(host)).toBe(1)
  })

  it('lists a connection when it is connected, not at its other news', async () => {
    const host = withHost(everything)
    host.tell('connection.changed', exampleConnection('c1', { state: 'connecting' }))
    await answered()
    expect(listReads(host)).toBe(0)
    host.tell('connection.changed', exampleConnection('c1'))
    await answered()
    expect(listReads(host)).toBe(1)
    host.tell('connection.changed', exampleConnection('c1', { name: 'renamed' }))
    await answered()
    expect(listReads(host)).toBe(1)
  })
})
