/** The contract of the built Electron bundles as one question: what of it does not hold? */
import type { EventEnvelope, RequestName, Result } from '../../../shared/contract/index.ts'
import { requestNames } from '../../../shared/contract/names.ts'
import type { Page } from '../page.ts'
import { cases, desktopCases } from '../requests.ts'
import type { Sender } from './messages.ts'
import type { ElectronWorld } from './world.ts'

export interface Question {
  /** The requests that are asked; all where not given. */
  readonly requests?: readonly RequestName[]
  /** An event crosses in milliseconds on a computer at rest; this long is waited for one that does not come. */
  readonly eventMs?: number
}

/** Senders that are not the app's own page, and one that no longer is. */
export const strangers: readonly (readonly [string, Partial<Sender>])[] = [
  ['a frame in the page', { frame: 'sub' }],
  ['a frame that is gone', { frame: null }],
  ['a page of another origin in the window', { url: 'https://evil.example/index.html' }],
  ['a page of another host of the scheme', { url: 'vivero://app.evil.example/index.html' }],
  ['a page with a name before the host', { url: 'vivero://app@evil.example/index.html' }],
  ['a file', { url: 'file:///index.html' }],
  ['an empty page', { url: 'about:blank' }],
  ['other contents', { contents: 'other' }],
]

/**
 * One line for each thing that does not hold, as they are found; a test may stop at the first.
 */
export async function* contractFaults(world: ElectronWorld, { requests = requestNames, eventMs = 60_000 }: Question = {}): AsyncGenerator<string> {
  const page = await world.openPage().catch((error: unknown) => String(error))
  if (typeof page === 'string') return yield page
  yield* ended(page, 'connection.connect', { connection: 'test' }, 'ok')
  yield* events(world, page, eventMs)
  for (const [who, sender] of strangers) {
    const answer = await world.callAs(sender, 'app.info', {}).catch(() => undefined)
    if (outcome(answer) !== 'permission-denied') yield `${who} is answered: ${JSON.stringify(answer)}`
  }
  const expected = { ...cases, ...desktopCases }
  for (const name of requests) {
    const { input, ends } = expected[name]
    yield* ended(page, name, input, ends)
    yield* ended(page, name, { ...input, surplus: 1 }, 'invalid-input')
  }
  yield* ended(page, 'domain.explode', {}, 'invalid-input')
}

async function* ended(page: Page, name: string, input: unknown, ends: string): AsyncGenerator<string> {
  const result = await page.call(name, input).catch((error: unknown) => String(error))
  if (outcome(result) !== ends) yield `${name} ends as ${JSON.stringify(result)}, not as ${ends}`
}

/** An event of the host's own, one of the menu, and silence after the page stopped listening. */
async function* events(world: ElectronWorld, page: Page, limit: number): AsyncGenerator<string> {
  const other = await world.openPage()
  await page.call('settings.update', { guestKeyboard: 'us' }).catch(() => undefined)
  await world.choose('about')
  for (const name of ['settings.changed', 'app.menu']) {
    if (!(await comes(page.events, name, limit))) yield `the event ${name} does not reach the page`
  }
  const before = other.events.length
  await other.close()
  await page.call('command.clear', {}).catch(() => undefined)
  if (!(await comes(page.events, 'command.cleared', limit))) yield 'the event command.cleared does not reach the page'
  if (other.events.length > before) yield 'a page that stopped listening still hears events'
}

async function comes(events: readonly EventEnvelope[], name: string, limit: number): Promise<boolean> {
  const end = Date.now() + limit
  while (!events.some(({ event }) => event === name)) {
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return true
}

/** "ok", the code of a refusal, or what else came. */
function outcome(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return String(answer)
  const result = answer as Result<unknown>
  return result.ok ? 'ok' : result.error.code
}
