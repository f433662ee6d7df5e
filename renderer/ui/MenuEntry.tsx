import { Kbd, Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './menu-entry.module.css'

interface Props {
  readonly label: string
  readonly icon?: ReactNode
  /** Why it cannot be done now: the entry is off and says so. */
  readonly why?: string | null | undefined
  readonly shortcut?: string | undefined
  readonly danger?: boolean
  readonly onClick: () => void
}

/** An entry of a menu, which says why where it is off. */
export function MenuEntry({ label, icon, why, shortcut, danger = false, onClick }: Props) {
  return (
    <Menu.Item
      className={classes.item}
      data-danger={danger || undefined}
      disabled={Boolean(why)}
      leftSection={icon}
      rightSection={shortcut ? <Kbd size="xs">{shortcut}</Kbd> : undefined}
      onClick={onClick}
    >
      {label}
      {why && <span className={classes.why}>{why}</span>}
    </Menu.Item>
  )
}
