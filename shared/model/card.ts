/** A machine's network cards, as a person changes them. https://libvirt.org/formatdomain.html#network-interfaces */
import type { DomainDetails } from './domain.ts'
import type { WireError } from './error.ts'

/** What a card is plugged into. */
export type CardSource =
  /** `passt`: by libvirt's passt, which forwards ports itself, and not by QEMU. */
  | { readonly type: 'user'; readonly passt?: boolean | undefined }
  | { readonly type: 'network'; readonly network: string }
  /** A bridge of the host that is there already. */
  | { readonly type: 'bridge'; readonly bridge: string }
  /** macvtap, in bridge mode, on a device of the host. */
  | { readonly type: 'direct'; readonly device: string }

export interface CardChange {
  readonly source?: CardSource | undefined
  /** virtio, e1000e, rtl8139… */
  readonly model?: string | undefined
  readonly mac?: string | undefined
  /** The cable: plugged in or not. */
  readonly linkUp?: boolean | undefined
}

/**
 * When a change is to take effect on a machine that runs: `now` by libvirt's update, `replug` now by taking the card out
 * and putting it in again, `next-start` when the machine is started the next time.
 */
export const cardMoments = ['now', 'replug', 'next-start'] as const
export type CardMoment = (typeof cardMoments)[number]

/** What became of it: kept-by-guest where the guest did not let go of the card, so that it changes at the next start. */
export interface CardOutcome {
  readonly effect: 'now' | 'next-start' | 'kept-by-guest'
  readonly details: DomainDetails
}

/** What this machine's QEMU can have. */
export interface CardChoices {
  readonly models: readonly string[]
  /** User mode can be passt's. */
  readonly passt: boolean
}

/** A port of the host that leads to a port of the guest. */
export interface PortForward {
  readonly protocol: 'tcp' | 'udp'
  /** Where the host listens: 127.0.0.1 for itself alone, 0.0.0.0 for everybody. */
  readonly hostAddress: string
  readonly hostPort: number
  readonly guestPort: number
}

export interface ForwardState {
  readonly forward: PortForward
  /** waiting: the machine is off, or Vivero has not looked at it yet. */
  readonly state: 'active' | 'waiting' | 'failed'
  /** Why it failed. */
  readonly fault: WireError | null
}

export interface PortForwards {
  readonly mac: string
  /** hostfwd: QEMU's own, for as long as the machine runs; passt: libvirt's, from the next start; null where the card has none. */
  readonly way: 'hostfwd' | 'passt' | null
  readonly forwards: readonly ForwardState[]
}
