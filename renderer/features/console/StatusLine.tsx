import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import classes from './console.module.css'

interface Props {
  readonly domain: DomainSummary
  readonly size: { readonly width: number; readonly height: number } | null
  readonly scaled: boolean
}

/** "10.0.2.15 in user mode · copy · 720×400, scaled". */
export function StatusLine({ domain, size, scaled }: Props) {
  const { t } = useTranslation()
  const [address] = domain.addresses
  return (
    <div className={classes.status}>
      {address && (
        <>
          <Text size="xs" c="dimmed" className={classes.address}>
            {address.origin === 'expected' ? t('console:userMode', { address: address.address }) : address.address}
          </Text>
          <CopyButton compact text={address.address} label={t('console:copyAddress', { address: address.address })} />
        </>
      )}
      {size && size.width > 0 && (
        <Text size="xs" c="dimmed" className={classes.size} data-testid="display-size">
          {t(scaled ? 'console:size.scaled' : 'console:size.exact', { width: size.width, height: size.height })}
        </Text>
      )}
    </div>
  )
}
