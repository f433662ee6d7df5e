/** What a machine's parts are called; pure but for the words. */
import type { TFunction } from 'i18next'
import type {
  BootEntry,
  DomainAddress,
  DomainConfig,
  DomainDetails,
  DomainGraphics,
  DomainInterface,
} from '../../../shared/model/domain.ts'
import { pendingChange } from '../../../shared/model/pending.ts'

/** What is shown: what runs now, else what the next start uses. Null for a machine of which libvirt told nothing. */
export function shownConfig(details: Pick<DomainDetails, 'live' | 'config'>): DomainConfig | null {
  return details.live ?? details.config
}

/** Whether the next start differs in this part: a field ("memory"), or a device ("disk:vda"). */
export function isPending(details: Pick<DomainDetails, 'pending'>, part: string): boolean {
  return pendingChange(details, part) !== null
}

/** How the machine's processor is run, in words. */
export function accelerationText(t: TFunction, virtType: string): string {
  if (virtType === 'kvm') return t('machine:overview.kvm')
  return virtType === 'qemu' ? t('machine:overview.qemu') : t('machine:overview.other', { type: virtType })
}

/** The CPU's model: passed through, like the host's, or named. */
export function cpuText(t: TFunction, cpu: DomainConfig['cpu']): string {
  const { mode, model } = cpu
  if (mode === 'host-passthrough' || mode === 'host-model' || mode === 'maximum') return t(`machine:cpu.${mode}`)
  return model === null ? t('machine:cpu.default') : t('machine:cpu.custom', { model })
}

/** "2", or "2 of at most 4" where more can be plugged in. */
export function ofMax(t: TFunction, now: string, max: string): string {
  return now === max ? now : t('machine:cpu.ofMax', { now, max })
}

export function bootText(t: TFunction, entry: BootEntry): string {
  const kind = t(`machine:boot.${entry.kind}`)
  return entry.target === null ? kind : t('machine:boot.entry', { kind, target: entry.target })
}

/** What a card is connected to. */
export function interfaceText(t: TFunction, card: Pick<DomainInterface, 'type' | 'source' | 'passt'>): string {
  const source = card.source ?? ''
  switch (card.type) {
    case 'user':
      return t(card.passt ? 'cards:on.passt' : 'cards:on.user')
    case 'network':
      return t('cards:on.network', { source })
    case 'bridge':
      return t('cards:on.bridge', { source })
    case 'direct':
      return t('cards:on.direct', { source })
    case 'hostdev':
      return t('cards:on.hostdev', { source })
    default:
      return t('cards:on.other', { type: card.type, source }).trim()
  }
}

/** Addresses of one card; those without a MAC belong to the only card there is. */
export function addressesOf(
  addresses: readonly DomainAddress[],
  card: Pick<DomainInterface, 'mac'>,
  cards: number,
): readonly DomainAddress[] {
  return addresses.filter((entry) =>
    entry.mac === null ? cards === 1 : entry.mac.toLowerCase() === card.mac?.toLowerCase(),
  )
}

/** "10.0.2.15/24 (fixed address of user mode, expected)". */
export function addressText(t: TFunction, entry: DomainAddress): string {
  const prefix = entry.prefix === null ? '' : `/${entry.prefix}`
  return `${entry.address}${prefix} (${t(`cards:origin.${entry.origin}`)})`
}

/** Where a display can be reached. */
export function graphicsText(t: TFunction, graphics: DomainGraphics): string {
  const type = graphics.type.toUpperCase()
  const address = graphics.address ?? ''
  const where = (): string => {
    if (graphics.listen === 'socket') return t('machine:display.listenSocket', { type })
    if (graphics.listen === 'none' || address === '') return t('machine:display.listenNone', { type })
    const { port } = graphics
    return port !== null && port > 0
      ? t('machine:display.listenAddress', { type, address, port })
      : t('machine:display.listenAddressOff', { type, address })
  }
  return graphics.hasPassword ? `${where()}, ${t('machine:display.password')}` : where()
}

export interface DeviceCount {
  readonly element: string
  readonly fact: string | null
  readonly count: number
}

/** Devices that are called the same, counted: a q35 machine has a dozen ports alike. */
export function countDevices(others: DomainConfig['others']): readonly DeviceCount[] {
  const counts = new Map<string, DeviceCount>()
  for (const { element, fact } of others) {
    const key = `${element}|${fact}`
    counts.set(key, { element, fact, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
}

/** The short name in a libosinfo id: "http://debian.org/debian/12" is "debian 12". */
export function systemText(t: TFunction, osId: string | null): string {
  if (osId === null) return t('machine:overview.unknownSystem')
  const parts = osId
    .replace(/^https?:\/\//, '')
    .split('/')
    .slice(1)
    .filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' ') : osId
}
