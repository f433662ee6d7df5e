import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './data-table.module.css'

export interface Column<T> {
  readonly key: string
  readonly label: string
  readonly cell: (row: T) => ReactNode
  readonly align?: 'left' | 'right'
  /** Left out where the table is narrow, so that what is left can be read; `very`: already where six columns do not fit. */
  readonly wideOnly?: true | 'very'
}

interface Props<T> {
  /** What the table lists, for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
}

/** A short read-only table in a card. */
export function DataTable<T>({ caption, columns, rows, rowKey }: Props<T>) {
  return (
    <div className={classes.card} tabIndex={0} role="region" aria-label={caption}>
      <Table horizontalSpacing={6}>
        <caption className="visually-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} scope="col" ta={column.align ?? 'left'} data-align={column.align} data-wide-only={column.wideOnly} className={classes.head}>
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map((column) => (
                <Table.Td
                  key={column.key}
                  ta={column.align ?? 'left'}
                  data-align={column.align}
                  data-wide-only={column.wideOnly}
                  className={classes.cell}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
