import { describe, expect, it } from 'vitest'
import { preferredConnection, startConnection } from '../../../../renderer/features/connections/use-connections.ts'
import type { Connection } from '../../../../shared/model/connection.ts'
import { isSession, whyNotConnection, whyNotNew } from '../../../../shared/model/connection-rules.ts'
import { exampleConnection } from '../../examples.ts'

const connection = (id: string, state: Connection['state'], more: Partial<Connection> = {}): Connection =>
  exampleConnection(id, { state, ...more })

const settings = (defaultConnection: string | null) => ({ defaultConnection })

describe('what can be made on a connection', () => {
  it('is a machine where it is open, and a network where it is no session besides', () => {
    const reasons = (one: Connection | undefined) => [whyNotNew('machine', one), whyNotNew('network', one)]
    expect(reasons(undefined)).toEqual(['no-connection', 'no-connection'])
    expect(reasons(connection('a', 'disconnected', { kind: 'system', uri: 'qemu:///system' }))).toEqual(['not-connected', 'not-connected'])
    expect(reasons(connection('a', 'connected', { kind: 'system', uri: 'qemu:///system' }))).toEqual([null, null])
    expect(reasons(connection('a', 'connected', { kind: 'session', uri: 'qemu:///session' }))).toEqual([null, 'session-network'])
  })

  it.each([
    ['qemu+ssh://ana@aula/session', true],
    ['qemu+ssh://ana@aula/session?no_verify=1', true],
    ['qemu+unix:///system?socket=/run/session', false],
    ['qemu+ssh://session/system', false],
    ['test:///default', false],
  ])('of %s: a session is %j', (uri, session) => {
    expect(isSession({ kind: 'remote', uri })).toBe(session)
  })
})

describe('what can be done with a connection', () => {
  it('follows its state', () => {
    const reasons = (state: Connection['state']) =>
      (['connect', 'disconnect', 'remove-connection'] as const).map((action) => whyNotConnection(action, connection('a', state)))
    expect(reasons('connected')).toEqual(['already-connected', null, 'disconnect-first'])
    expect(reasons('connecting')).toEqual(['already-connected', null, 'disconnect-first'])
    expect(reasons('reconnecting')).toEqual([null, null, 'disconnect-first'])
    expect(reasons('failed')).toEqual([null, 'not-connected', null])
    expect(reasons('disconnected')).toEqual([null, 'not-connected', null])
  })

  it('leaves out removing what is there by nature, and everything but a new one where there is no connection', () => {
    expect(whyNotConnection('remove-connection', connection('a', 'disconnected', { removable: false }))).toBe('not-removable')
    for (const action of ['connect', 'disconnect', 'remove-connection', 'connection-details'] as const) {
      expect(whyNotConnection(action, undefined)).toBe('no-connection')
    }
    expect(whyNotConnection('add-connection', undefined)).toBeNull()
  })

  it('shows the details in every state', () => {
    for (const state of ['connected', 'connecting', 'reconnecting', 'failed', 'disconnected'] as const) {
      expect(whyNotConnection('connection-details', connection('a', state))).toBeNull()
    }
  })
})

describe('the connection that new work goes to', () => {
  const open = connection('open', 'connected')
  const other = connection('other', 'connected')
  const closed = connection('closed', 'disconnected')

  it('is the one of the settings, then that of the environment, then the first one, of those that are connected', () => {
    const environment = connection('environment', 'connected', { environmentDefault: true })
    const connections = [closed, open, other, environment]
    expect(preferredConnection({ connections, settings: settings('other') })?.id).toBe('other')
    expect(preferredConnection({ connections, settings: settings('closed') })?.id).toBe('environment')
    expect(preferredConnection({ connections: [closed, open, other], settings: settings(null) })?.id).toBe('open')
    expect(preferredConnection({ connections: [closed], settings: settings(null) })?.id).toBe('closed')
    expect(preferredConnection({ connections: [], settings: settings(null) })).toBeUndefined()
  })

  it('waits for the first one that connects, so that it does not depend on which is faster', () => {
    const connecting = connection('connecting', 'connecting')
    expect(preferredConnection({ connections: [connecting, open], settings: settings(null) })?.id).toBe('connecting')
    expect(preferredConnection({ connections: [connection('failed', 'failed'), open], settings: settings(null) })?.id).toBe('open')
  })

  it('opens the app even while it connects', () => {
    const connecting = connection('connecting', 'connecting')
    expect(startConnection({ connections: [open, connecting], settings: settings('connecting') })?.id).toBe('connecting')
    expect(startConnection({ connections: [closed, open], settings: settings('gone') })?.id).toBe('open')
    expect(startConnection({ connections: [connecting, open], settings: settings(null) })?.id).toBe('connecting')
    expect(startConnection({ connections: [closed], settings: settings(null) })?.id).toBe('closed')
  })
})
