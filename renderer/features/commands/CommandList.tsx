import { Button, Group, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoggedCommand } from '../../../shared/model/command.ts'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatDuration, formatTime } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import classes from './commands.module.css'

function CommandRow({ command }: { readonly command: LoggedCommand }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.facts}>
        <time dateTime={command.startedAt}>{formatTime(command.startedAt)}</time>
        <span>{formatDuration(command.milliseconds)}</span>
        <StateBadge tone={command.ok ? 'good' : 'bad'} label={command.ok ? t('commands:ok') : t('commands:failed')} />
      </div>
      <div className={classes.line}>
        <pre className={classes.code}>{command.line}</pre>
        {command.error && (
          <p className={classes.error}>{command.error === 'cancelled' ? t('errors:cancelled.title') : command.error}</p>
        )}
      </div>
      <CopyButton compact text={command.line} label={t('commands:copy')} />
    </>
  )
}

/** Every command, oldest first as in a shell; only what is on screen is drawn. Stays at the end while it grows. */
export function CommandList() {
  const { t } = useTranslation()
  const commands = useAppStore((state) => state.commands)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: commands.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    getItemKey: (index) => commands[index]?.id ?? index,
    overscan: 6,
  })
  const last = commands.length - 1
  useEffect(() => {
    if (last >= 0) rows.scrollToIndex(last, { align: 'end' })
  }, [last, rows])
  return (
    <div className={classes.panel}>
      <Group justify="space-between" gap="xs" px="md" pb={8} wrap="nowrap">
        <Text size="sm" c="dimmed">
          {t('commands:what')}
        </Text>
        <Group gap="xs" wrap="nowrap">
          <CopyButton size="xs" text={() => commands.map((one) => one.line).join('\n')} label={t('commands:copyAll')} disabled={last < 0} />
          <Button size="xs" variant="default" disabled={last < 0} onClick={() => void call('command.clear', {}).catch(showError)}>
            {t('commands:clear')}
          </Button>
        </Group>
      </Group>
      <div ref={scroller} className={classes.scroller} tabIndex={0} role="region" aria-label={t('commands:title')}>
        {last < 0 && <Text className={classes.none}>{t('commands:none')}</Text>}
        <ol className={classes.list} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const command = commands[row.index]
            return command ? (
              <li
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className={classes.row}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <CommandRow command={command} />
              </li>
            ) : null
          })}
        </ol>
      </div>
    </div>
  )
}
