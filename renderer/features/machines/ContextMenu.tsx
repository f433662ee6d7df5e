import { Menu } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useDomain } from '../../stores/app-store.ts'
import { MachineMenuItems } from './MachineMenu.tsx'
import classes from './machines.module.css'

export interface ContextSpot {
  readonly connection: string
  readonly uuid: string
  readonly x: number
  readonly y: number
}

/** Where a context menu opens: at the mouse, or under what has the focus when it was asked for by the Menu key. */
export function spotOf(event: MouseEvent<HTMLElement>, ref: { readonly connection: string; readonly uuid: string }): ContextSpot {
  event.preventDefault()
  const { connection, uuid } = ref
  const byKey = event.button !== 2
  if (!byKey) return { connection, uuid, x: event.clientX, y: event.clientY }
  const target = event.target instanceof Element ? event.target : event.currentTarget
  const box = target.getBoundingClientRect()
  return { connection, uuid, x: box.left, y: box.bottom }
}

/** Everything that can be done to a machine, at the mouse (right click) or at the focus (Menu key). */
export function ContextMenu({ spot, onClose }: { readonly spot: ContextSpot; readonly onClose: () => void }) {
  const domain = useDomain(spot.connection, spot.uuid)
  if (!domain) return null
  return (
    <Menu key={`${spot.uuid}:${spot.x}:${spot.y}`} opened onClose={onClose} position="bottom-start" offset={0} returnFocus>
      <Menu.Target>
        <span className={classes.contextSpot} style={{ left: spot.x, top: spot.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <MachineMenuItems domain={domain} />
      </Menu.Dropdown>
    </Menu>
  )
}
