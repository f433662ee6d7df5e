/** What a card's document says beyond its form. https://libvirt.org/formatdomain.html#network-interfaces */

export const cardExtraKinds = [
  'mode', 'portGroup', 'isolated', 'filter', 'vlan', 'virtualPort', 'inbound', 'outbound', 'mtu', 'queues', 'teaming',
] as const
export type CardExtraKind = (typeof cardExtraKinds)[number]

/** It is shown, and every change of the card keeps it: `cards:extra.<what>`. */
export interface CardExtra {
  readonly what: CardExtraKind
  /** Names and numbers alone; empty of what is only there or not. */
  readonly text: string
}

/** What of a card is asked here (DomainInterface). */
interface Card {
  /** As libvirt calls it: user, network, bridge, direct… */
  readonly type: string
  readonly extras?: readonly CardExtra[]
}

export const extraOf = ({ extras }: Card, kind: CardExtraKind): string | null => extras?.find(({ what }) => what === kind)?.text ?? null

/** A running card on a virtual network says these of its network, too. */
const ofNetwork: readonly CardExtraKind[] = ['isolated', 'vlan', 'virtualPort', 'inbound', 'outbound', 'mtu']

/** What of it will be another at the next start. */
export function waitingExtras(live: Card, next: Card): readonly CardExtraKind[] {
  return cardExtraKinds.filter((kind) => {
    const [now, then] = [extraOf(live, kind), extraOf(next, kind)]
    return now !== then && !(then === null && next.type === 'network' && ofNetwork.includes(kind))
  })
}
