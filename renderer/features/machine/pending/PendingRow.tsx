import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WireError } from '../../../../shared/model/error.ts'
import type { PendingChange } from '../../../../shared/model/pending.ts'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { pendingText, pendingTitle } from './words.ts'
import classes from './pending.module.css'

interface Props {
  readonly change: PendingChange
  readonly busy: boolean
  /** Something is on its way: nothing else begins. */
  readonly locked: boolean
  readonly error: WireError | null
  readonly onApply: () => void
  readonly onDiscard: () => void
}

/** One change: its value now, at the next start, and the ways to settle it. */
export function PendingRow({ change, busy, locked, error, onApply, onDiscard }: Props) {
  const { t } = useTranslation()
  const title = pendingTitle(t, change)
  const [now, next] = [pendingText(t, change, 'live'), pendingText(t, change, 'next')]
  return (
    <li className={classes.change} data-field={change.field}>
      <div className={classes.head}>
        <Text fw={600}>{title}</Text>
        <Group gap="xs">
          {!change.applicable && (
            <Text size="sm" className={classes.dim}>
              {t('machine:pending.needsRestart')}
            </Text>
          )}
          <Button size="xs" variant="default" disabled={locked} aria-label={t('machine:pending.discardOne', { what: title })} onClick={onDiscard}>
            {t('machine:pending.discard')}
          </Button>
          {change.applicable && (
            <Button size="xs" variant="light" loading={busy} disabled={locked} aria-label={t('machine:pending.applyOne', { what: title })} onClick={onApply}>
              {t('machine:pending.apply')}
            </Button>
          )}
        </Group>
      </div>
      <dl className={classes.values}>
        <dt>{t('machine:pending.now')}</dt>
        <dd>{now}</dd>
        <dt>{t('machine:pending.next')}</dt>
        <dd className={classes.next}>{next}</dd>
      </dl>
      {error && <ErrorNotice error={error} />}
    </li>
  )
}
