import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runAction } from '../../../../renderer/features/machines/actions.tsx'
import { giveUpRestart, restartToApply } from '../../../../renderer/features/machines/restart.ts'
import { appStore, domainKey } from '../../../../renderer/stores/app-store.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { exampleDomain, exampleUuid } from '../../examples.ts'
import { answered, withHost } from '../host.ts'
import { resetPage } from '../page.ts'
import { speak } from '../words.ts'

const uuid = exampleUuid(1)
const key = domainKey('c1', uuid)
const off = exampleDomain({ uuid, name: 'web' })
const running: DomainSummary = { ...off, state: 'running', id: 3 }
const tell = (domain: DomainSummary): void => appStore.setState((state) => ({ domains: { ...state.domains, [key]: domain } }))

beforeAll(() => speak('en').then(() => undefined))
beforeEach(() => {
  vi.useFakeTimers()
  resetPage()
  tell(running)
})
afterEach(() => {
  giveUpRestart(key)
  vi.useRealTimers()
})

describe('a restart that applies what waits', () => {
  it('starts the machine once it is off', async () => {
    const host = withHost({ 'domain.shutdown': () => undefined, 'domain.start': () => undefined })
    await restartToApply(running)
    await restartToApply(running)
    expect(host.names).toEqual(['domain.shutdown'])
    tell(off)
    await answered()
    expect(host.names).toEqual(['domain.shutdown', 'domain.start'])
    tell(running)
    tell(off)
    await answered()
    expect(host.names).toHaveLength(2)
  })

  it('waits for the answer to what switched it off by force', async () => {
    let answer = (): void => undefined
    const host = withHost({
      'domain.shutdown': () => undefined,
      'domain.destroy': () => new Promise<void>((resolve) => (answer = resolve)),
      'domain.start': () => undefined,
    })
    await restartToApply(running)
    const forced = runAction('destroy', running)
    tell(off)
    await Promise.resolve()
    expect(host.names).toEqual(['domain.shutdown', 'domain.destroy'])
    answer()
    await forced
    await answered()
    expect(host.names).toEqual(['domain.shutdown', 'domain.destroy', 'domain.start'])
  })

  it('is given up by the person, by a host that refuses, and after ten minutes', async () => {
    const host = withHost({ 'domain.shutdown': () => undefined, 'domain.start': () => undefined })
    await restartToApply(running)
    giveUpRestart(key)
    tell(off)
    await answered()
    tell(running)
    await restartToApply(running)
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    tell(off)
    await answered()
    expect(host.names).not.toContain('domain.start')
    tell(running)
    const refusing = withHost({
      'domain.shutdown': () => {
        throw new AppError('libvirt')
      },
      'domain.start': () => undefined,
    })
    await restartToApply(running)
    tell(off)
    await answered()
    expect(refusing.names).toEqual(['domain.shutdown'])
  })
})
