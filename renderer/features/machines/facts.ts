/** What a machine's state and addresses are called, and the colour that goes with the word. */
import type { TFunction } from 'i18next'
import type { DomainAddress, DomainSummary } from '../../../shared/model/domain.ts'
import { stateGroup } from '../../../shared/model/domain-rules.ts'
import type { Tone } from '../../ui/StateBadge.tsx'

/** The word for a machine's state. */
export function stateWord(t: TFunction, domain: Pick<DomainSummary, 'state' | 'saved'>): string {
  if (domain.state === 'shutdown') return t('machines:state.shuttingDown')
  if (domain.state === 'pmsuspended') return t('machines:state.asleep')
  return t(`machines:state.${stateGroup(domain)}`)
}

/** The colour of a state; the word always stands beside it. */
export function stateTone(domain: Pick<DomainSummary, 'state' | 'saved'>): Tone {
  if (domain.state === 'shutdown') return 'busy'
  const tones = { running: 'good', paused: 'warn', saved: 'off', off: 'off', crashed: 'bad' } as const
  return tones[stateGroup(domain)]
}

const known = {
  'I/O error': 'io-error',
  'io-error': 'io-error',
  ioerror: 'io-error',
  watchdog: 'watchdog',
  crashed: 'crashed',
  panicked: 'crashed',
  failed: 'failed',
} as const

/** A sentence where libvirt's reason for the state is bad news, else null. */
export function badReason(t: TFunction, domain: Pick<DomainSummary, 'reason'>): string | null {
  const { reason } = domain
  if (reason === null || !Object.hasOwn(known, reason)) return null
  return t(`machines:reason.${known[reason as keyof typeof known]}`)
}

function addressText(t: TFunction, entry: DomainAddress): string {
  return entry.origin === 'expected' ? t('machines:address.expected', { address: entry.address }) : entry.address
}

/** The first address (IPv4 before IPv6), and how many more; empty where none is known. `plain` leaves out how it is known. */
export function addressLine(
  t: TFunction,
  domain: Pick<DomainSummary, 'addresses'>,
  { plain = false }: { readonly plain?: boolean } = {},
): string {
  const sorted = domain.addresses.toSorted(
    (left, right) => Number(left.address.includes(':')) - Number(right.address.includes(':')),
  )
  const first = sorted[0]
  if (!first) return ''
  const more = sorted.length - 1
  const text = plain ? first.address : addressText(t, first)
  return more > 0 ? `${text} ${t('machines:address.more', { count: more })}` : text
}
