import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { MachineCard } from './MachineCard.tsx'
import classes from './machines.module.css'

/** Narrowest card, in pixels: the longest Spanish button beside a name. */
const cardWidth = 264
const gap = 16
const rowHeight = 224 + gap
/** The line with the connection's name. */
const connectionHeight = 20

interface Props {
  readonly domains: readonly DomainSummary[]
  readonly withConnection: boolean
  readonly onMenu: (event: MouseEvent<HTMLElement>, domain: DomainSummary) => void
}

/** Machines as cards; only the rows on screen are built. */
export function MachineGrid({ domains, withConnection, onMenu }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(scroller, sized)
  const columns = Math.max(1, Math.floor((width + gap) / (cardWidth + gap)))
  const rows = useVirtualizer({
    count: Math.ceil(domains.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight + (withConnection ? connectionHeight : 0),
    overscan: 1,
  })
  return (
    <div ref={ref} className={classes.scroller} data-testid="machine-grid">
      <div role="list" aria-label={t('machines:list')} style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            role="presentation"
            className={classes.gridRow}
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {domains.slice(row.index * columns, (row.index + 1) * columns).map((domain) => (
              <div key={`${domain.connection}|${domain.uuid}`} role="listitem">
                <MachineCard domain={domain} withConnection={withConnection} onMenu={onMenu} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
