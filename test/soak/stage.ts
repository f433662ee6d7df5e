/** One daemon with one machine, an app that is connected to it, and kills of it in the middle of what the app does. */
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Result } from '../../shared/contract/index.ts'
import type { Connection } from '../../shared/model/connection.ts'
import { toWireError } from '../../shared/model/error.ts'
import type { Job } from '../../shared/model/job.ts'
import { ask, type Page } from '../contract/page.ts'
import { asUser, difference, inventory, until, type Daemon, type Random, type RunningApp } from '../harness/index.ts'
import { knownBy } from '../integration/host/heard.ts'

export interface Stage {
  readonly daemon: Daemon
  /** The connection's id, which is also "session" or "system". */
  readonly connection: 'session' | 'system'
  readonly app: RunningApp
  readonly page: Page
  readonly random: Random
  /** The machine that things are done to. */
  readonly uuid: string
}

/** The longest that something interrupted takes to end, and a connection to be back, in milliseconds. */
const LIMIT = 60_000
/** A daemon that systemd would start again is away for so long at most. */
const AWAY = 1_500

export const virsh = ({ daemon }: Pick<Stage, 'daemon'>, ...args: readonly string[]): Promise<string> => daemon.user.virsh(['-c', daemon.uri, ...args])
/** The same, whether it works or not. */
export const tryVirsh = ({ daemon }: Pick<Stage, 'daemon'>, ...args: readonly string[]) => daemon.user.exec(['virsh', '-q', '-c', daemon.uri, ...args])

/** Errors with which something may end whose libvirt dies: each is a sentence of its own, and none a raw text. A new libvirt may find it done. */
const fair = new Set(['connection-gone', 'daemon-down', 'already-active', 'not-active'])

/** Kills the daemon when `moment` says so, and expects a fair outcome, a connection that says it is away and comes back, and nothing lost. */
export async function killedIn(stage: Stage, work: () => Promise<Result<unknown>>, moment: () => Promise<unknown>): Promise<Result<unknown>> {
  const { page, connection, daemon } = stage
  const since = page.events.length
  const working = work()
  await moment()
  daemon.kill()
  const back = pause(stage.random.next() * AWAY).then(() => daemon.start())
  const outcome = await Promise.race([working, pause(LIMIT).then(() => 'never' as const)])
  await back
  if (outcome === 'never') throw new Error('it never ended')
  if (!outcome.ok && !fair.has(outcome.error.code)) throw new Error(`it ended with ${JSON.stringify(outcome.error)}`)
  await connected(page, connection)
  const told = page.events.slice(since).flatMap((one) => (one.event === 'connection.changed' ? [one.payload as Connection] : []))
  const away = told.filter((one) => one.id === connection && one.state === 'reconnecting')
  expect(away.map((one) => one.retryInSeconds ?? 0).some((seconds) => seconds >= 1), 'the seconds to the next try').toBe(true)
  await sameAsVirsh(stage)
  return outcome
}

/** Within so many milliseconds. */
export const within = ({ random }: Stage, milliseconds: number) => (): Promise<void> => pause(Math.floor(random.next() * milliseconds))

export async function connected(page: Page, connection: string): Promise<void> {
  await until(`${connection} connected`, LIMIT, async () => (await ask(page, 'connection.list', {})).some((one) => one.id === connection && one.state === 'connected') || undefined)
}

const stateWords: Readonly<Record<string, string>> = { 'shut off': 'shutoff', 'in shutdown': 'shutdown', crashed: 'crashed' }

/** What the page heard, what it is told when it asks, and what virsh says of the machines are one. */
async function sameAsVirsh(stage: Stage): Promise<void> {
  const { page, connection } = stage
  let [heard, listed, real]: string[][] = [[], [], []]
  const same = async (): Promise<true | undefined> => {
    heard = knownBy(page, connection).domains.map(({ uuid, state }) => `${uuid} ${state}`).sort()
    listed = (await ask(page, 'domain.list', { connection })).map(({ uuid, state }) => `${uuid} ${state}`).sort()
    const uuids = (await virsh(stage, 'list', '--all', '--uuid')).split('\n').filter((line) => line !== '')
    const states = await Promise.all(uuids.map(async (uuid) => (await virsh(stage, 'domstate', uuid)).trim()))
    real = uuids.map((uuid, index) => `${uuid} ${stateWords[states[index] ?? ''] ?? states[index] ?? ''}`).sort()
    return String(heard) === String(real) && String(listed) === String(real) ? true : undefined
  }
  await until('the same as virsh', 15_000, same).catch(() => expect({ heard, listed }).toEqual({ heard: real, listed: real }))
}

/** A request whose answer is a job: its end as an outcome. */
export async function jobOf(page: Page, begun: Result<unknown>): Promise<Result<unknown>> {
  if (!begun.ok) return begun
  const { job } = begun.value as { readonly job: string }
  const ended = await until('the end of the job', LIMIT, () =>
    page.events.map((one) => (one.event === 'job.changed' ? (one.payload as Job) : undefined)).find((one) => one?.id === job && one.state !== 'running'))
  return ended.state === 'done' ? { ok: true, value: ended.result } : { ok: false, error: ended.error ?? toWireError(new Error('no reason')) }
}

/** Processes of the app's user but the machines' own, and what the app has open. */
export async function traces({ app }: Pick<Stage, 'app'>): Promise<string[]> {
  const all = await inventory(asUser('alumna'), { connections: [], host: app.pid })
  return all.filter((line) => /^(process|descriptor) /.test(line) && !/^process (\S*qemu-system|libvirtd|\S*\/libvirtd)/.test(line))
}

/** Waits until there are no more of them than before. */
export async function nothingLeft(stage: Pick<Stage, 'app'>, before: readonly string[]): Promise<void> {
  let more: string[] = []
  await until('nothing left', 20_000, async () => {
    more = difference(before, await traces(stage))
    return more.length === 0 ? true : undefined
  }).catch(() => expect(more).toEqual([]))
}
