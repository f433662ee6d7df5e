import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { subnetOf } from '../../../shared/lib/subnets.ts'
import type { NetworkEdit } from '../../../shared/model/network-plan.ts'
import type { Network } from '../../../shared/model/network.ts'
import { formatList } from '../../ui/format.ts'

/** What the network has and the form has no field for, so that nobody takes the form for all of it. */
export function Kept({ network, edit }: { readonly network: Network; readonly edit: NetworkEdit }) {
  const { t } = useTranslation()
  const { kind, extras, addresses } = network.next ?? network
  const further = (['ipv4', 'ipv6'] as const).flatMap((family) => addresses.filter((one) => one.family === family).slice(1))
  const words = [...new Set(extras.map(({ what }) => t(`networks:extra.${what}`))), ...further.map((one) => subnetOf(one) ?? one.address)]
  if (words.length === 0) return null
  return (
    <Text size="sm" c="dimmed" role="note">
      {t(edit.kind === kind ? 'new-network:edit.kept' : 'new-network:edit.keptPartly', { what: formatList(words) })}
    </Text>
  )
}
