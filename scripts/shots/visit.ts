import type { Locator, Page } from 'playwright'
import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress, routes, type RouteId, type Subject } from '../../renderer/app/registry.ts'
import { catalogues } from '../../shared/i18n/index.ts'
import { dialogKinds, type DialogKind } from '../../renderer/stores/dialogs.ts'
import type { HostClient } from './host-client.ts'
import type { Shown } from './shown.ts'
import type { State, Step, Target } from './state.ts'
import { states, type StateId } from './states.ts'

/** Something of the registry, or a state of it, that can be looked at. */
export type Sight =
  | { readonly kind: 'route'; readonly id: RouteId }
  | { readonly kind: 'dialog'; readonly id: DialogKind }
  | { readonly kind: 'state'; readonly id: StateId }

/** Milliseconds for one step; it only ends what would never come. */
const patience = 30_000

const stateIds = Object.keys(states) as readonly StateId[]

/** Every page, then every dialog, then what is reached from them by clicks. */
export const sights: readonly Sight[] = [
  ...routes.map(({ id }) => ({ kind: 'route', id }) as const),
  ...dialogKinds.map((id) => ({ kind: 'dialog', id }) as const),
  ...stateIds.map((id) => ({ kind: 'state', id }) as const),
]

const stateOf = (sight: Sight): State | null => (sight.kind === 'state' ? states[sight.id] : null)

/** Whether a sight belongs to the app of the user who has nothing yet. */
export const isFresh = (sight: Sight): boolean => stateOf(sight)?.fresh === true

/** Whether a sight is not looked at in every run. */
export const isSeldom = (sight: Sight): boolean => stateOf(sight)?.seldom === true

/** What the pictures are of, found in the running app: the session's machines and the system's networks. */
export async function findSubject(host: HostClient): Promise<Subject> {
  const connections = await host.call('connection.list', {})
  const session = need('a session', connections.find((one) => one.kind === 'session'))
  const system = need('a system', connections.find((one) => one.kind === 'system'))
  await host.call('connection.connect', { connection: system.id })
  const domains = await host.call('domain.list', { connection: session.id })
  const running = need('a running machine', domains.find((one) => one.state === 'running'))
  const idle = need('a machine that is off', domains.find((one) => one.state === 'shutoff'))
  const details = await Promise.all(domains.map(({ uuid }) => host.call('domain.get', { connection: session.id, uuid })))
  const drives = details.flatMap(({ uuid, config }) =>
    (config?.disks ?? []).filter((disk) => disk.device === 'cdrom').map(({ target }) => ({ uuid, target })),
  )
  const drive = need('a CD drive', drives[0])
  const networks = await host.call('network.list', { connection: system.id })
  const pools = await host.call('pool.list', { connection: session.id })
  return {
    connection: session.id,
    machine: running.uuid,
    idleMachine: idle.uuid,
    driveMachine: drive.uuid,
    drive: drive.target,
    networks: system.id,
    network: need('a network', networks.find((one) => one.active)).uuid,
    pool: need('a pool', pools.find((one) => one.active)).uuid,
    removable: need('a connection that can be removed', connections.find((one) => one.removable)).id,
  }
}

/** The same for the user who has nothing yet: only the connections are there. */
export async function findFreshSubject(host: HostClient): Promise<Subject> {
  const connections = await host.call('connection.list', {})
  const connection = need('a session', connections.find((one) => one.kind === 'session')).id
  const networks = need('a system', connections.find((one) => one.kind === 'system')).id
  const removable = need('a connection that can be removed', connections.find((one) => one.removable)).id
  const none = { machine: '', idleMachine: '', driveMachine: '', drive: '', network: '', pool: '' }
  return { ...none, connection, networks, removable }
}

/** Changes something by the app, so that there are commands to show. The paused machine is paused again. */
export async function makeHistory(host: HostClient, subject: Subject): Promise<void> {
  const ref = { connection: subject.connection, uuid: subject.driveMachine }
  await host.call('domain.resume', ref)
  await host.call('domain.suspend', ref)
  await host.call('network.set-autostart', { connection: subject.networks, uuid: subject.network, autostart: true })
  await host.call('pool.set-autostart', { connection: subject.connection, uuid: subject.pool, autostart: true })
}

/** What was found, or an error that names it. */
export function need<T>(what: string, found: T | undefined): T {
  if (found === undefined) throw new Error(`the lab has no ${what}`)
  return found
}

/**
 * Opens a page, dialog or state and waits until it is drawn; throws where it does not show itself. It is opened a second
 * time where it did not: the page loads itself again when a part of it did not arrive (renderer/public/load-again.js).
 */
export async function visit(shown: Shown, sight: Sight): Promise<void> {
  try {
    await open(shown, sight)
  } catch (problem) {
    console.warn(`${sight.kind} ${sight.id} is opened a second time: ${String(problem).split('\n')[0]}\n${await whatIsThere(shown.page)}`)
    await stateOf(sight)?.after?.(shown)
    await toSettings(shown)
    await open(shown, sight).catch(async (problem: unknown) => {
      const instead = await whatIsThere(shown.page)
      throw new Error(`${sight.kind} ${sight.id} does not show itself: ${String(problem)}\n${instead}`, { cause: problem })
    })
  }
}

/** Address and first words of what is on the screen, for the message of a sight that is not. */
async function whatIsThere(page: Page): Promise<string> {
  const over = page.locator('[role=dialog]:visible')
  const part = (await over.count()) > 0 ? over.last() : page.locator('body')
  const text = await part.innerText({ timeout: 5_000 }).catch(String)
  return `${new URL(page.url()).hash}: ${text.replaceAll(/\s+/g, ' ').slice(0, 600)}`
}

async function open(shown: Shown, sight: Sight): Promise<void> {
  const { page, origin, subject } = shown
  const state = stateOf(sight)
  await state?.before?.(shown)
  await page.goto(`${origin}/#${addressOf(sight, subject)}`)
  await page.locator('main h1, header h1').first().waitFor()
  if (sight.kind === 'dialog') await page.locator('[role=dialog]:visible').first().waitFor()
  if (sight.id === 'machine-console') await page.locator('[data-testid=display][data-phase=connected]').waitFor()
  await settled(page)
  if (!state) return
  const language = (await page.locator('html').getAttribute('lang')) === 'es' ? 'es' : 'en'
  for (const step of state.steps) await take(shown, step, language)
  await (state.busy ? drawn(page) : settled(page))
}

function addressOf(sight: Sight, subject: Subject): string {
  if (sight.kind === 'dialog') return dialogAddress(sight.id, subject)
  if (sight.kind === 'state') return states[sight.id].address(subject)
  return need(sight.id, routes.find((route) => route.id === sight.id)).example(subject)
}

async function take(shown: Shown, step: Step, language: 'en' | 'es'): Promise<void> {
  const { page, origin, subject } = shown
  const words = catalogues[language]
  const find = (target: Target): Locator =>
    ('css' in target ? page.locator(target.css(subject)) : page.getByRole(target.role, { name: target.name(words), exact: true })).first()
  const timeout = patience
  if ('click' in step) await find(step.click).click({ timeout })
  else if ('rightClick' in step) await find(step.rightClick).click({ timeout, button: 'right', position: { x: 60, y: 12 } })
  else if ('hover' in step) await find(step.hover).hover({ timeout })
  else if ('fill' in step) await find(step.fill).fill(step.text, { timeout })
  else if ('choose' in step) await page.getByRole('combobox', { name: step.choose(words), exact: true }).click({ timeout })
  else if ('work' in step) await step.work(shown)
  else if ('goTo' in step) await page.goto(`${origin}/#${step.goTo(subject)}`)
  else {
    await find(step.see).waitFor({ timeout: step.within ?? timeout })
    await bringIntoSight(find(step.see), timeout)
  }
}

/** What is drawn anew while it is brought there is looked for again. */
async function bringIntoSight(part: Locator, timeout: number): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await part.scrollIntoViewIfNeeded({ timeout })
    } catch (problem) {
      if (tries === 3) throw problem
    }
  }
}

/** Closes what is open over the page, and puts the page back where it stays changed. */
export async function leave(shown: Shown, sight: Sight): Promise<void> {
  const { page } = shown
  const over = page.locator('[role=dialog]:visible, [role=menu]:visible')
  if ((await over.count()) > 0) {
    await page.keyboard.press('Escape')
    await over.first().waitFor({ state: 'hidden', timeout: 700 }).catch(() => undefined)
  }
  await stateOf(sight)?.after?.(shown)
  const open = (await over.count()) > 0 || new URL(page.url()).hash.includes('dialog=')
  if (open || stateOf(sight)?.lasting) {
    // a sheet in which something was typed asks before it closes: it is left behind with its page
    await toSettings(shown)
  }
  await over.first().waitFor({ state: 'hidden', timeout: patience })
}

async function toSettings({ page, origin }: Shown): Promise<void> {
  await page.goto(`${origin}/#${paths.settings()}`)
  await page.reload()
}

/** Waits until nothing on the page says that it is still being read. */
export async function settled(page: Page): Promise<void> {
  const waiting = '.mantine-Skeleton-root:visible, .mantine-Loader-root:visible, [data-phase="connecting"]:visible'
  await page.locator(waiting).first().waitFor({ state: 'hidden', timeout: patience })
  const pictures = Object.values(catalogues).map((words) => words.machines.thumbnail.waiting)
  for (const text of pictures) await page.getByText(text).first().waitFor({ state: 'hidden', timeout: patience })
  await drawn(page)
}

/** Waits until what was last changed is on the screen. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}
