import { Text } from '@mantine/core'
import { IconDisc, IconFile, IconFolder } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry } from '../../shared/model/media.ts'
import { formatBytes, formatDateTime } from './format.ts'
import classes from './file-list.module.css'

interface Props {
  readonly entries: readonly FileEntry[]
  readonly selected: FileEntry | null
  readonly onSelect: (entry: FileEntry) => void
  /** Double click or Enter: opens a folder, takes a file. */
  readonly onActivate: (entry: FileEntry) => void
  /** Backspace. */
  readonly onUp: () => void
}

function EntryIcon({ entry }: { readonly entry: FileEntry }) {
  const Icon = entry.kind === 'folder' ? IconFolder : entry.name.toLowerCase().endsWith('.iso') ? IconDisc : IconFile
  return <Icon size={18} aria-hidden className={classes.icon} />
}

/** Where a key moves the selection to, or null where it moves nothing. */
function moved(key: string, at: number, count: number): number | null {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1, PageDown: at + 8, PageUp: at - 8 }[key]
  return to === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, to))
}

/** Files and folders as a list box: arrows move, Enter opens, Backspace goes up, a letter jumps. */
export function FileList({ entries, selected, onSelect, onActivate, onUp }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const at = entries.findIndex((entry) => entry.path === selected?.path)
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 8,
  })
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at)
  }, [at, rows])
  const select = (index: number | null): void => {
    const entry = index === null ? undefined : entries[index]
    if (entry) onSelect(entry)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const to = moved(event.key, at, entries.length)
    if (to !== null) select(to)
    else if (event.key === 'Enter' && selected) onActivate(selected)
    else if (event.key === 'Backspace') onUp()
    else if (event.key.length === 1) {
      const letter = event.key.toLowerCase()
      const next = entries.findIndex((entry, index) => index > at && entry.name.toLowerCase().startsWith(letter))
      select(next >= 0 ? next : entries.findIndex((entry) => entry.name.toLowerCase().startsWith(letter)))
    } else return
    event.preventDefault()
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="listbox"
      tabIndex={0}
      data-autofocus
      aria-label={t('filePicker.files')}
      {...(at >= 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
      onKeyDown={onKeyDown}
    >
      {entries.length === 0 && <Text className={classes.empty}>{t('filePicker.empty')}</Text>}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map((row) => {
          const entry = entries[row.index]
          return entry ? (
            <div
              key={entry.path}
              id={`${id}-${row.index}`}
              role="option"
              aria-selected={row.index === at}
              className={classes.row}
              style={{ transform: `translateY(${row.start}px)` }}
              onClick={() => onSelect(entry)}
              onDoubleClick={() => onActivate(entry)}
            >
              <EntryIcon entry={entry} />
              <span className={classes.name}>{entry.name}</span>
              <span className={classes.fact}>{entry.modifiedAt === null ? '' : formatDateTime(entry.modifiedAt * 1000)}</span>
              <span className={classes.size}>{entry.sizeBytes === null ? '' : formatBytes(entry.sizeBytes)}</span>
            </div>
          ) : null
        })}
      </div>
    </div>
  )
}
