import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly text: ReactNode
  /** What it is at the next start, where that differs; null where it does not. */
  readonly next: string | null
}

/** A value, with what it becomes at the next start where that differs. */
export function Pending({ text, next }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {text}
      {next !== null && (
        <Badge color="orange" variant="light" ml={8} tt="none">
          {t('machine:pending.field', { value: next })}
        </Badge>
      )}
    </>
  )
}

/** The mark of a device that changes at the next start. */
export function PendingMark() {
  const { t } = useTranslation()
  return (
    <Badge color="orange" variant="light" tt="none">
      {t('machine:pending.mark')}
    </Badge>
  )
}

/** The mark of a device that the next start no longer has. */
export function GoesMark() {
  const { t } = useTranslation()
  return (
    <Badge color="orange" variant="light" tt="none">
      {t('machine:pending.goes')}
    </Badge>
  )
}
