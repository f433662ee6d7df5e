import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { isListing } from '../../../../renderer/features/connections/use-connections.ts'
import { connectionName, connectionStateText, connectionTone } from '../../../../renderer/features/connections/words.ts'
import { exampleConnection } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

describe('a connection', () => {
  it('is called as the person wishes, else by its kind where it is this computer’s own, else by its URI', () => {
    const named = (uri: string, name: string | null = null) => connectionName(t, { uri, name })
    expect(named('qemu:///session', 'Mine')).toBe('Mine')
    expect(named('qemu:///session')).toBe('User session')
    expect(named('qemu:///system')).toBe('QEMU/KVM')
    expect(named('qemu+ssh://aula/session')).toBe('qemu+ssh://aula/session')
  })

  it('says its state, and when it tries again', () => {
    expect(connectionStateText(t, { state: 'failed', retryInSeconds: null })).toBe('Not connected')
    expect(connectionStateText(t, { state: 'reconnecting', retryInSeconds: 4 })).toBe('Reconnecting… 4 s')
    expect(connectionStateText(t, { state: 'reconnecting', retryInSeconds: null })).toBe('Reconnecting…')
    expect(
      (['connected', 'connecting', 'reconnecting', 'failed', 'disconnected'] as const).map(connectionTone),
    ).toEqual(['good', 'busy', 'warn', 'bad', 'off'])
  })
})

describe('whether machines may still be named', () => {
  const listing = (listed: Readonly<Record<string, boolean>>, ...connections: ReturnType<typeof exampleConnection>[]) =>
    isListing({ connections, listed })

  it('is so while a connection is opened or has not been asked', () => {
    expect(listing({}, exampleConnection('a'))).toBe(true)
    expect(listing({ a: true }, exampleConnection('a'), exampleConnection('b', { state: 'connecting' }))).toBe(true)
  })

  it('is not so when each has been asked, or cannot be', () => {
    expect(listing({ a: true }, exampleConnection('a'), exampleConnection('b', { state: 'failed' }))).toBe(false)
    expect(listing({})).toBe(false)
  })
})
