import { Button } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainDetails, DomainSummary } from '../../../../shared/model/domain.ts'
import { PendingDialog } from './PendingDialog.tsx'

interface Props {
  readonly domain: DomainSummary
  readonly details: DomainDetails | null
  readonly onChanged: (details: DomainDetails) => void
}

/** How many values wait for the next start; opens their list. Nothing where none waits. */
export function PendingButton({ domain, details, onChanged }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const count = details?.pending.length ?? 0
  if (!details || (count === 0 && !opened)) return null
  return (
    <>
      {count > 0 && (
        <Button
          variant="light"
          color="orange"
          size="compact-sm"
          flex="none"
          leftSection={<IconClockHour4 size={14} aria-hidden />}
          onClick={() => setOpened(true)}
        >
          {t('machine:pending.count', { count })}
        </Button>
      )}
      {opened && <PendingDialog domain={domain} details={details} onChanged={onChanged} onClose={() => setOpened(false)} />}
    </>
  )
}
