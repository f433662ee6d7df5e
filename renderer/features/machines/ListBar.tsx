import { ActionIcon, SegmentedControl, Select, Tooltip } from '@mantine/core'
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyListCommand } from '../../app/CopyListCommand.tsx'
import { stateFilters, type SortKey, type StateFilter } from './list.ts'
import type { ListView } from './view.ts'
import classes from './machines.module.css'

interface Props {
  readonly connection: string | null
  readonly counts: Readonly<Record<StateFilter, number>>
  readonly view: ListView
  readonly onView: (patch: Partial<ListView>) => void
  /** The grid has no column heads to sort by. */
  readonly sortable: boolean
}

/** Offered only where there are such machines. */
const rare: ReadonlySet<StateFilter> = new Set(['paused', 'crashed'])

const sortKeys: readonly SortKey[] = ['title', 'name', 'state', 'memory', 'vcpus', 'address', 'id']

function SortChoice({ view, onView }: Pick<Props, 'view' | 'onView'>) {
  const { t } = useTranslation()
  const { key, descending } = view.sorting
  const order = descending ? t('machines:sort.descending') : t('machines:sort.ascending')
  const Symbol = descending ? IconSortDescending : IconSortAscending
  return (
    <>
      <Select
        size="xs"
        w="8.5rem"
        aria-label={t('machines:sort.label')}
        value={key}
        allowDeselect={false}
        data={sortKeys.map((value) => ({ value, label: t(`machines:column.${value}`) }))}
        onChange={(value) => value && onView({ sorting: { key: value as SortKey, descending: false } })}
      />
      <Tooltip label={order}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={`${t('machines:sort.label')}: ${order}`}
          onClick={() => onView({ sorting: { key, descending: !descending } })}
        >
          <Symbol size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  )
}

/** Over the list: which states, in which order, and the command that shows the same. */
export function ListBar({ connection, counts, view, onView, sortable }: Props) {
  const { t } = useTranslation()
  const shown = stateFilters.filter((state) => !rare.has(state) || counts[state] > 0 || view.state === state)
  return (
    <div className={classes.bar}>
      <SegmentedControl
        size="xs"
        aria-label={t('machines:filter.label')}
        value={view.state}
        data={shown.map((state) => ({ value: state, label: t(`machines:filter.${state}`, { count: counts[state] }) }))}
        onChange={(state) => onView({ state: state as StateFilter })}
      />
      <div className={classes.barTools}>
        {sortable && <SortChoice view={view} onView={onView} />}
        <CopyListCommand connection={connection} command="list" />
      </div>
    </div>
  )
}
