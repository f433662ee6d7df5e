import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  answerAsked,
  asksFirst,
  beginAction,
  obeyMilliseconds,
  runAction,
} from '../../../../renderer/features/machines/actions.tsx'
import { mayBegin, pendingStore, settled } from '../../../../renderer/features/machines/pending.ts'
import { appStore, domainKey } from '../../../../renderer/stores/app-store.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { exampleDomain, exampleJob, exampleUuid } from '../../examples.ts'
import { answered, withHost } from '../host.ts'
import { noticeTitles, resetPage } from '../page.ts'
import { speak } from '../words.ts'

const uuid = exampleUuid(1)
const key = domainKey('c1', uuid)
const machine = (more: Partial<DomainSummary> = {}): DomainSummary => exampleDomain({ uuid, name: 'web', ...more })
const running = machine({ state: 'running', id: 3 })

/** The machine as the host tells of it. */
const tell = (domain: DomainSummary): void =>
  appStore.setState((state) => ({ domains: { ...state.domains, [key]: domain } }))
const pending = () => pendingStore.getState().pending[key] ?? null

beforeAll(() => speak('en').then(() => undefined))
beforeEach(() => {
  vi.useFakeTimers()
  resetPage()
})
afterEach(() => void vi.useRealTimers())

describe('what is on its way', () => {
  it.each([
    ['start', machine(), false],
    ['start', running, true],
    ['suspend', running, false],
    ['suspend', machine({ state: 'paused' }), true],
    ['suspend', machine(), true],
    ['resume', machine({ state: 'paused' }), false],
    ['resume', machine({ state: 'pmsuspended' }), false],
    ['resume', running, true],
    ['shutdown', machine({ state: 'shutdown' }), false],
    ['shutdown', machine(), true],
    ['managedsave', running, false],
    ['managedsave', machine({ saved: true }), true],
    ['discard-save', machine({ saved: true }), false],
    ['discard-save', machine(), true],
    ['delete', machine(), false],
    ['delete', undefined, true],
  ] as const)('%s is done by this state or not', (action, domain, done) => expect(settled(action, domain)).toBe(done))

  it('lets nothing begin while the host has not answered, and then all but the same', () => {
    expect(mayBegin('destroy', null)).toBe(true)
    expect(mayBegin('destroy', { action: 'shutdown', phase: 'calling' })).toBe(false)
    expect(mayBegin('destroy', { action: 'shutdown', phase: 'waiting' })).toBe(true)
    expect(mayBegin('shutdown', { action: 'shutdown', phase: 'waiting' })).toBe(false)
  })
})

describe('an action', () => {
  it('is on its way until the state follows', async () => {
    const host = withHost({ 'domain.start': () => undefined })
    tell(machine())
    void runAction('start', machine())
    expect(pending()).toEqual({ action: 'start', phase: 'calling' })
    await answered()
    expect(pending()).toEqual({ action: 'start', phase: 'waiting' })
    tell(running)
    expect([pending(), host.asked]).toEqual([null, [{ name: 'domain.start', input: { connection: 'c1', uuid } }]])
  })

  it('that the state has overtaken is not on its way', async () => {
    withHost({ 'domain.start': () => tell(running) })
    tell(machine())
    await runAction('start', machine())
    expect(pending()).toBeNull()
  })

  it('that no state follows is given up after a while', async () => {
    withHost({ 'domain.suspend': () => undefined })
    tell(running)
    await runAction('suspend', running)
    await vi.advanceTimersByTimeAsync(4_999)
    expect(pending()?.action).toBe('suspend')
    await vi.advanceTimersByTimeAsync(1)
    expect([pending(), noticeTitles()]).toEqual([null, []])
  })

  it('clicked twice runs once', async () => {
    const host = withHost({ 'domain.start': () => undefined })
    tell(machine())
    await Promise.all([runAction('start', machine()), runAction('start', machine())])
    expect(host.names).toEqual(['domain.start'])
  })

  it('that fails is said, and over', async () => {
    withHost({
      'domain.start': () => {
        throw new AppError('start-failed', { name: 'web' })
      },
    })
    tell(machine())
    await runAction('start', machine())
    expect([pending(), noticeTitles().length]).toEqual([null, 1])
  })

  it('of another kind may follow while a guest shuts down', async () => {
    const host = withHost({ 'domain.shutdown': () => undefined, 'domain.destroy': () => undefined })
    tell(running)
    await runAction('shutdown', running)
    await runAction('destroy', running)
    expect([pending()?.action, host.names]).toEqual(['destroy', ['domain.shutdown', 'domain.destroy']])
    tell(machine())
    expect(pending()).toBeNull()
    await vi.advanceTimersByTimeAsync(obeyMilliseconds)
    expect(noticeTitles()).toEqual([])
  })
})

describe('an action that follows another', () => {
  it('stays on its way when the state does what the first one was for', async () => {
    let answer = (): void => undefined
    withHost({
      'domain.shutdown': () => undefined,
      'domain.destroy': () => new Promise((resolve) => (answer = resolve)),
    })
    tell(running)
    await runAction('shutdown', running)
    void runAction('destroy', running)
    await answered()
    tell(machine())
    expect(pending()).toEqual({ action: 'destroy', phase: 'calling' })
    answer()
    await answered()
    expect(pending()).toBeNull()
  })
})

describe('a guest that does not shut down', () => {
  it('is spoken of after half a minute, until it is off', async () => {
    withHost({ 'domain.shutdown': () => undefined })
    tell(running)
    await runAction('shutdown', running)
    await vi.advanceTimersByTimeAsync(obeyMilliseconds)
    expect([pending(), noticeTitles()]).toEqual([null, ['web has not shut down after 30 seconds']])
    tell(running)
    expect(noticeTitles().length).toBe(1)
    tell(machine())
    expect(noticeTitles()).toEqual([])
  })
})

describe('saving a state', () => {
  const save = async (): Promise<void> => {
    withHost({ 'domain.save': () => ({ job: 'j' }) })
    tell(running)
    void runAction('managedsave', running)
    await answered()
  }

  it('is on its way until its job has ended', async () => {
    await save()
    appStore.setState({ jobs: [exampleJob('j')] })
    expect(pending()?.action).toBe('managedsave')
    appStore.setState({ jobs: [exampleJob('j', { state: 'done' })] })
    expect(pending()).toBeNull()
  })

  it('says what its job failed of', async () => {
    await save()
    appStore.setState({
      jobs: [
        exampleJob('j', { state: 'failed', error: { code: 'disk-full', params: {}, detail: null, remedies: [] } }),
      ],
    })
    expect([pending(), noticeTitles()]).toEqual([null, ['There is no room left on the disk.']])
  })

  it('is over when its job was taken out of the list', async () => {
    await save()
    appStore.setState({ jobs: [exampleJob('j')] })
    appStore.setState({ jobs: [] })
    expect(pending()).toBeNull()
  })
})

describe('asking first', () => {
  const confirm = { forceOff: true, forceReset: false, shutdown: false }
  const wish = (more: Partial<typeof confirm>) =>
    appStore.setState((state) => ({ settings: { ...state.settings, confirm: { ...confirm, ...more } } }))

  it('is for what the settings say, and always for a saved state', () => {
    const asked = (['start', 'destroy', 'reset', 'shutdown', 'discard-save', 'delete'] as const).filter((action) =>
      asksFirst(action, confirm),
    )
    expect(asked).toEqual(['destroy', 'discard-save'])
  })

  it('does nothing until the answer is yes', async () => {
    const host = withHost({ 'domain.destroy': () => undefined })
    wish({ forceOff: true })
    tell(running)
    beginAction('destroy', running)
    expect(pendingStore.getState().asked?.action).toBe('destroy')
    answerAsked(false)
    await answered()
    expect([host.names, pendingStore.getState().asked]).toEqual([[], null])
    beginAction('destroy', running)
    answerAsked(true)
    await answered()
    expect(host.names).toEqual(['domain.destroy'])
  })

  it('is left out where the person wants it so', async () => {
    const host = withHost({ 'domain.destroy': () => undefined })
    wish({ forceOff: false })
    tell(running)
    beginAction('destroy', running)
    await answered()
    expect(host.names).toEqual(['domain.destroy'])
  })

  it('for a deletion is a dialog of its own', () => {
    tell(machine())
    beginAction('delete', machine())
    expect(appStore.getState().dialogs.stack).toEqual([{ kind: 'delete-machine', connection: 'c1', uuid }])
  })

  it('goes by the state as it is now, not as the button knew it', async () => {
    const host = withHost({ 'domain.start': () => undefined })
    tell(running)
    beginAction('start', machine())
    await answered()
    expect(host.names).toEqual([])
  })
})
