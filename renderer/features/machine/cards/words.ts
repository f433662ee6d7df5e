/** A machine's cards as the page lists them, and their words. */
import type { TFunction } from 'i18next'
import type { DomainDetails, DomainInterface } from '../../../../shared/model/domain.ts'
import type { AddressAdvice } from '../../../../shared/model/card-address.ts'
import type { MacFinding } from '../../../../shared/model/card-rules.ts'
import { extraOf, type CardExtraKind } from '../../../../shared/model/card-extras.ts'
import { sameMac } from '../../../../shared/model/network-machines.ts'
import { messageText } from '../../../ui/message-text.ts'

/** A card of the running machine, of its next start, or of both. */
export interface ListedCard {
  readonly live: DomainInterface | null
  readonly next: DomainInterface | null
  /** What is shown first: the running one. */
  readonly shown: DomainInterface
}

/** The running machine's cards, then those that only its next start has. */
export function listedCards({ live, config }: Pick<DomainDetails, 'live' | 'config'>): readonly ListedCard[] {
  const now = live?.interfaces ?? []
  const later = config?.interfaces ?? []
  const twin = (list: readonly DomainInterface[], card: DomainInterface, at: number): DomainInterface | null =>
    list.find((one) => sameMac(one.mac, card.mac)) ?? (card.mac === null ? (list[at] ?? null) : null)
  const running = now.map((card, at) => ({ live: card, next: twin(later, card, at), shown: card }))
  const coming = later.filter((card, at) => twin(now, card, at) === null).map((card) => ({ live: null, next: card, shown: card }))
  return [...running, ...coming]
}

export function adviceText(t: TFunction, advice: AddressAdvice): string {
  return messageText(t, { key: `cards:advice.${advice.kind}`, params: { ...advice } })
}

/** What the document says of that kind, in words; null where nothing. */
export function extraText(t: TFunction, card: DomainInterface, kind: CardExtraKind): string | null {
  const text = extraOf(card, kind)
  if (kind === 'mode' && (text === 'private' || text === 'vepa' || text === 'passthrough')) return t(`cards:macvtapMode.${text}`)
  return text === '' ? t('yes') : text
}

export function macText(t: TFunction, finding: MacFinding): string {
  return messageText(t, { key: `cards:macFinding.${finding.code}`, params: { ...finding } })
}
