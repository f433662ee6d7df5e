import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { appStore, useAppStore } from '../../stores/app-store.ts'
import { formatDuration } from '../../ui/format.ts'
import { CommandList } from './CommandList.tsx'
import classes from './commands.module.css'

/** The bar under the page: the last command in short; opened, all of them. */
export function CommandsBar() {
  const { t } = useTranslation()
  const open = useAppStore((state) => state.commandsOpen)
  const count = useAppStore((state) => state.commands.length)
  const last = useAppStore((state) => state.commands.at(-1))
  return (
    <section aria-label={t('commands:title')} className={classes.bar}>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        onClick={() => appStore.setState({ commandsOpen: !open })}
      >
        <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={open || undefined} />
        <span className={classes.label}>{t('commands:count', { count })}</span>
        {!open && last && (
          <span className={classes.last}>
            <code>{last.line.split('\n')[0]}</code>
            {` · ${formatDuration(last.milliseconds)}${last.ok ? '' : ` · ${t('commands:failed')}`}`}
          </span>
        )}
      </button>
      {open && <CommandList />}
    </section>
  )
}
