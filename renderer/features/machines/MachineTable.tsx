import { Anchor, Group, Table, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { go, href, paths } from '../../app/paths.ts'
import { formatKiB } from '../../ui/format.ts'
import { StateDot } from '../../ui/StateBadge.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { useConnectionName } from '../connections/index.ts'
import { isInside, onItself } from './events.ts'
import { badReason, stateTone, stateWord } from './facts.ts'
import { nextSorting, type SortKey, type Sorting } from './list.ts'
import { MachineButtons } from './PowerButton.tsx'
import { useAddressLine } from './use-address.ts'
import classes from './machines.module.css'

const rowHeight = 41

interface Column {
  readonly key: SortKey
  /** CSS width of the column. */
  readonly width: string
  readonly number?: boolean
}

const columns: readonly Column[] = [
  { key: 'id', width: '2.5rem', number: true },
  { key: 'title', width: 'auto' },
  { key: 'name', width: 'auto' },
  { key: 'state', width: '7.75rem' },
  { key: 'vcpus', width: '3.5rem', number: true },
  { key: 'memory', width: '5.5rem', number: true },
  { key: 'address', width: '8.25rem' },
]
/** A fifth of the list's width: a connection may be called by its URI. */
const connectionColumn: Column = { key: 'connection', width: 'clamp(7.5rem, 21cqw, 13rem)' }
/** After the names, so that it is in sight on narrow windows too. */
const connectionAt = 3

interface Props {
  readonly domains: readonly DomainSummary[]
  readonly withConnection: boolean
  readonly sorting: Sorting
  readonly onSort: (sorting: Sorting) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, domain: DomainSummary) => void
}

/** Stands where the machine's document has yet to be read. */
function NotRead() {
  const { t } = useTranslation()
  return (
    <Text component="span" inherit c="dimmed" title={t('machines:notRead.text')}>
      <span aria-hidden>{t('machines:notRead.mark')}</span>
      <span className="visually-hidden">{t('machines:notRead.text')}</span>
    </Text>
  )
}

/** The head of a column: sorts by it, and says so. */
function Head({ column, sorting, onSort }: { readonly column: Column } & Pick<Props, 'sorting' | 'onSort'>) {
  const { t } = useTranslation()
  const mine = sorting.key === column.key
  const order = mine ? (sorting.descending ? 'descending' : 'ascending') : 'none'
  return (
    <Table.Th aria-sort={order} style={{ width: column.width }} data-column={column.key} data-number={column.number}>
      <UnstyledButton className={classes.head} onClick={() => onSort(nextSorting(sorting, column.key))}>
        <span>{t(`machines:column.${column.key}`)}</span>
        {mine &&
          (sorting.descending ? <IconChevronDown size={14} aria-hidden /> : <IconChevronUp size={14} aria-hidden />)}
      </UnstyledButton>
    </Table.Th>
  )
}

function ConnectionCell({ id }: { readonly id: string }) {
  const name = useConnectionName(id)
  return (
    <Table.Td className={classes.cut} title={name}>
      {name}
    </Table.Td>
  )
}

function Row({
  domain,
  index,
  withConnection,
  onMenu,
}: Pick<Props, 'withConnection' | 'onMenu'> & { readonly domain: DomainSummary; readonly index: number }) {
  const { t } = useTranslation()
  const page = paths.machine(domain.connection, domain.uuid)
  const address = useAddressLine(domain)
  const plainAddress = useAddressLine(domain, { plain: true })
  const bad = badReason(t, domain)
  return (
    <Table.Tr
      aria-rowindex={index + 2}
      data-uuid={domain.uuid}
      data-state={domain.state}
      style={{ height: rowHeight }}
      onContextMenu={(event) => isInside(event) && onMenu(event, domain)}
      onDoubleClick={(event) => onItself(event) && go(page)}
    >
      <Table.Td data-column="id" data-number>
        {domain.id ?? ''}
      </Table.Td>
      <Table.Td className={classes.cut}>
        <Anchor href={href(page)} className={classes.name} title={displayName(domain)}>
          {displayName(domain)}
        </Anchor>
      </Table.Td>
      <Table.Td data-column="name" className={classes.cut} title={domain.name}>
        {domain.name}
      </Table.Td>
      {withConnection && <ConnectionCell id={domain.connection} />}
      <Table.Td>
        <Tooltip label={bad} disabled={bad === null}>
          <Group gap={6} wrap="nowrap">
            <StateDot tone={stateTone(domain)} />
            <Text component="span" inherit>
              {stateWord(t, domain)}
            </Text>
          </Group>
        </Tooltip>
      </Table.Td>
      <Table.Td data-column="vcpus" data-number>
        {domain.vcpus}
      </Table.Td>
      <Table.Td data-column="memory" data-number>
        {formatKiB(domain.memoryKiB)}
      </Table.Td>
      <Table.Td data-column="address" className={classes.cut} title={address}>
        {domain.complete ? plainAddress : <NotRead />}
      </Table.Td>
      <Table.Td>
        <MachineButtons domain={domain} size="xs" />
      </Table.Td>
    </Table.Tr>
  )
}

/** Machines as a dense table; only the rows on screen are built, and the count of all is told to screen readers. */
export function MachineTable({ domains, withConnection, sorting, onSort, onMenu }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: domains.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const items = rows.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  const shown = withConnection ? columns.toSpliced(connectionAt, 0, connectionColumn) : columns
  return (
    <div ref={scroller} className={classes.scroller} data-testid="machine-table">
      <Table
        className={classes.table}
        horizontalSpacing={8}
        data-wide={withConnection || undefined}
        aria-label={t('machines:list')}
        aria-rowcount={domains.length + 1}
        highlightOnHover
        stickyHeader
      >
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            {shown.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
            <Table.Th className={classes.actionsHead}>
              <span>{t('machines:column.actions')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map((item) => {
            const domain = domains[item.index]
            return (
              domain && (
                <Row
                  key={`${domain.connection}|${domain.uuid}`}
                  domain={domain}
                  index={item.index}
                  withConnection={withConnection}
                  onMenu={onMenu}
                />
              )
            )
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </Table.Tbody>
      </Table>
    </div>
  )
}
