/** States and reasons, from the numbers of virDomainState. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState */
import type { DomainState } from '../../../shared/model/domain.ts'

const states: readonly DomainState[] = ['nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended']

/** In virsh's words (`domstate --reason`), by state; the first of each is "unknown". */
const reasons: Readonly<Partial<Record<DomainState, readonly string[]>>> = {
  running: ['booted', 'migrated', 'restored', 'from snapshot', 'unpaused', 'migration canceled', 'save canceled', 'event wakeup', 'crashed', 'post-copy', 'post-copy failed'],
  paused: ['user', 'migrating', 'saving', 'dumping', 'I/O error', 'watchdog', 'from snapshot', 'shutting down', 'creating snapshot', 'crashed', 'starting up', 'post-copy', 'post-copy failed', 'api error'],
  shutdown: ['user'],
  shutoff: ['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'from snapshot', 'daemon'],
  crashed: ['panicked'],
}

export interface StateAndReason {
  readonly state: DomainState
  readonly reason: string | null
}

/** Reads `domstats --raw --state` of several machines, by their names. */
export function readStates(stats: string): ReadonlyMap<string, StateAndReason> {
  const blocks = stats.split(/^Domain: /m).slice(1)
  return new Map(blocks.map((block) => [/^'(.*)'$/m.exec(block)?.[1] ?? '', readState(block)]))
}

/** Reads `domstats --raw --state` of one machine. */
export function readState(stats: string): StateAndReason {
  const number = (name: string): number => Number(new RegExp(`^\\s*state\\.${name}=(\\d+)`, 'm').exec(stats)?.[1] ?? 0)
  const state = states[number('state')] ?? 'nostate'
  return { state, reason: reasons[state]?.[number('reason') - 1] ?? null }
}
