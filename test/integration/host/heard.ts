/** A page that follows the events of one connection, and what it knows by them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { EventEnvelope, EventName, Events } from '../../../shared/contract/index.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import type { Pool } from '../../../shared/model/storage.ts'
import { asUser, until, type User } from '../../harness/index.ts'
import type { Page } from '../../contract/page.ts'

/** What is told is there within this at the latest, in milliseconds. */
const LATEST = 10_000

export interface Known {
  readonly domains: readonly DomainSummary[]
  readonly networks: readonly Network[]
  readonly pools: readonly Pool[]
}

const is = <N extends EventName>(name: N, one: EventEnvelope): one is EventEnvelope<N> => one.event === name

/** What a page knows of its connection that heard these events and nothing else. */
export function knownBy({ events }: Page, connection = 'system'): Known {
  const domains = new Map<string, DomainSummary>()
  let networks: readonly Network[] = []
  let pools: readonly Pool[] = []
  const own = events.filter(({ payload }) => 'connection' in payload && payload.connection === connection)
  for (const one of own) {
    if (is('domain.changed', one)) domains.set(one.payload.domain.uuid, one.payload.domain)
    else if (is('domain.several', one)) one.payload.domains.forEach((domain) => domains.set(domain.uuid, domain))
    else if (is('domain.removed', one)) domains.delete(one.payload.uuid)
    else if (is('network.listed', one)) networks = one.payload.networks
    else if (is('pool.listed', one)) pools = one.payload.pools
    else if (is('domain.listed', one)) {
      domains.clear()
      for (const domain of one.payload.domains) domains.set(domain.uuid, domain)
    }
  }
  return { domains: [...domains.values()], networks, pools }
}

/** Waits until what the page knows is as wanted. */
export const knows = (page: Page, what: string, wanted: (known: Known) => boolean, connection = 'system'): Promise<true> =>
  until(what, LATEST, () => (wanted(knownBy(page, connection)) ? true : undefined))

/** Waits for an event that came after `since` events and is as wanted. */
export function told<N extends EventName>(page: Page, name: N, wanted: (payload: Events[N]) => boolean, since = 0): Promise<Events[N]> {
  return until(name, LATEST, () => page.events.slice(since).find((one): one is EventEnvelope<N> => is(name, one) && wanted(one.payload))?.payload)
}

export interface Line {
  /** What is done outside the app. */
  readonly act: () => Promise<unknown>
  /** What takes it back, for another try. */
  readonly back: () => Promise<unknown>
  readonly shown: (known: Known) => boolean
}

/** How long a virsh takes now that does next to nothing, in milliseconds: some 40 where nothing else runs. */
async function plainVirsh(): Promise<number> {
  const started = Date.now()
  await asUser('alumna').virsh(['-c', 'qemu:///system', 'list'])
  return Date.now() - started
}

/**
 * Does something up to three times, until the page knows of it within a second of its end; it always knows in the end. On
 * a busy computer a second is as many times longer as a plain virsh takes longer there.
 */
export async function shownInASecond(page: Page, { act, back, shown }: Line): Promise<void> {
  const times: number[] = []
  for (let turn = 1; turn <= 3; turn++) {
    expect(shown(knownBy(page)), 'is known before it is done').toBe(false)
    const before = await plainVirsh()
    await act()
    const ended = Date.now()
    await knows(page, 'what was done', shown)
    const time = Date.now() - ended
    if (time < Math.max(1_000, 25 * before, 25 * (await plainVirsh()))) return
    times.push(time)
    await back()
    await knows(page, 'what was taken back', (known) => !shown(known))
  }
  throw new Error(`took ${times.join(', ')} ms`)
}

/** Puts a document into a file that the user's virsh can read. */
export function documentFor(user: User, text: string): { readonly path: string; remove(): void } {
  const folder = mkdtempSync('/tmp/document-')
  writeFileSync(join(folder, 'document.xml'), text)
  const path = user.give(join(folder, 'document.xml'), `/tmp/document-${process.hrtime.bigint()}.xml`)
  return { path, remove: () => [folder, path].forEach((place) => rmSync(place, { recursive: true })) }
}
