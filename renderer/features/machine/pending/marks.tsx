import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PendingChange } from '../../../../shared/model/pending.ts'
import { pendingText, pendingTitle } from './words.ts'

interface Props {
  readonly text: ReactNode
  /** What it is at the next start, where that differs; null where it does not. */
  readonly next: string | null
}

/** The badge of what waits; `beside` a value it keeps its distance. */
function Waits({ beside = false, children }: { readonly beside?: boolean; readonly children: ReactNode }) {
  return (
    <Badge color="orange" variant="light" tt="none" ml={beside ? 8 : 0}>
      {children}
    </Badge>
  )
}

/** A value, with what it becomes at the next start where that differs. */
export function Pending({ text, next }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {text}
      {next !== null && (
        <Waits beside>
          {t('machine:pending.field', { value: next })}
        </Waits>
      )}
    </>
  )
}

/** The mark of a device that changes (`mark`), comes or goes at the next start. */
export function DeviceMark({ what }: { readonly what: 'mark' | 'comes' | 'goes' }) {
  const { t } = useTranslation()
  return (
    <Waits>
      {t(`machine:pending.${what}`)}
    </Waits>
  )
}

/** Devices of one kind that change at the next start, with both values. */
export function DevicesMark({ change }: { readonly change: PendingChange }) {
  const { t } = useTranslation()
  const values = { live: pendingText(t, change, 'live'), next: pendingText(t, change, 'next') }
  return (
    <Waits>
      {`${pendingTitle(t, change)}: ${t('machine:pending.both', values)}`}
    </Waits>
  )
}

/** The value that runs now, beside the one that is edited. */
export function NowMark({ value }: { readonly value: string }) {
  const { t } = useTranslation()
  return (
    <Waits beside>
      {t('machine:pending.fieldNow', { value })}
    </Waits>
  )
}
