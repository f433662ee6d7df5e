import type { Locator, Page } from '@playwright/test'
import type { User } from '../../harness/index.ts'
import { expect, said } from './expect.ts'

/** What `virsh list` and the page's table both say of a machine. */
export interface Row {
  /** Empty while it is off. */
  readonly id: string
  readonly name: string
  readonly state: string
}

const byName = (left: Row, right: Row): number => left.name.localeCompare(right.name)

/** virsh's words for the states, as the page says them. */
const states: Readonly<Record<string, string>> = { running: 'Running', paused: 'Paused', 'shut off': 'Off', crashed: 'Crashed' }

/** The machines as `virsh list --all` prints them, with the page's words for their states. */
export async function listedRows(user: User, connection = 'qemu:///session'): Promise<Row[]> {
  const rows = (await user.virsh(['-c', connection, 'list', '--all'])).split('\n').flatMap((line) => {
    const [, id = '', name = '', state = ''] = /^\s*(\S+)\s+(\S+)\s+(\S.*?)\s*$/.exec(line) ?? []
    return name === '' ? [] : [{ id: id === '-' ? '' : id, name, state: states[state] ?? state }]
  })
  return rows.sort(byName)
}

/** The machines as the page's table shows them. */
async function shownRows(page: Page): Promise<Row[]> {
  const rows = await page.getByRole('table', { name: 'List of machines' }).locator('tbody tr[data-uuid]').all()
  const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()))
  return cells.map(([id = '', , name = '', state = '']) => ({ id, name: name.trim(), state: state.trim() })).sort(byName)
}

/** A machine's row of the table, by its name. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('table', { name: 'List of machines' }).getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) })
}

/** The page lists what virsh lists, within the limit. */
export async function expectSameRows(page: Page, user: User, limit: number): Promise<void> {
  await expect(async () => {
    const listed = await listedRows(user)
    expect(await shownRows(page)).toEqual(listed.map((row) => ({ ...row, state: said(row.state) })))
  }).toPass({ timeout: limit })
}
