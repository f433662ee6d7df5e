import { useTranslation } from 'react-i18next'
import { hasNoDhcp } from '../../../shared/model/card-address.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { addressLine } from './facts.ts'

const none: readonly Network[] = []

/** A machine's address for a list; of a running one that no network will give any, that there is no DHCP. */
export function useAddressLine(domain: DomainSummary, options: { readonly plain?: boolean } = {}): string {
  const { t } = useTranslation()
  const without = useAppStore((state) => domain.addresses.length === 0 && hasNoDhcp(domain, state.networks[domain.connection] ?? none))
  return without ? t('machines:address.noDhcp') : addressLine(t, domain, options)
}
