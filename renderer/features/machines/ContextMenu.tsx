import { Menu } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { useDomain } from '../../stores/app-store.ts'
import { keptInside } from '../../ui/menu-place.ts'
import { MachineMenuItems } from './MachineMenu.tsx'
import classes from './machines.module.css'

export interface ContextSpot {
  readonly connection: string
  readonly uuid: string
  readonly x: number
  readonly y: number
  /** What had the focus; it gets it back. */
  readonly from: HTMLElement | null
}

/** Where a context menu opens: at the mouse, or under what has the focus when it was asked for by the Menu key. */
export function spotOf(
  event: MouseEvent<HTMLElement>,
  ref: { readonly connection: string; readonly uuid: string },
): ContextSpot {
  event.preventDefault()
  const { connection, uuid } = ref
  const byKey = event.button !== 2
  const from = document.activeElement instanceof HTMLElement ? document.activeElement : null
  if (!byKey) return { connection, uuid, x: event.clientX, y: event.clientY, from }
  const target = event.target instanceof Element ? event.target : event.currentTarget
  const box = target.getBoundingClientRect()
  return { connection, uuid, x: box.left, y: box.bottom, from }
}

/** Everything that can be done to a machine, at the mouse (right click) or at the focus (Menu key). */
export function ContextMenu({ spot, onClose }: { readonly spot: ContextSpot; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const domain = useDomain(spot.connection, spot.uuid)
  if (!domain) return null
  const close = (): void => {
    onClose()
    spot.from?.focus()
  }
  return (
    <Menu
      key={`${spot.uuid}:${spot.x}:${spot.y}`}
      opened
      onClose={close}
      position="bottom-start"
      offset={0}
      middlewares={keptInside}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        {/* A button, since the menu is named by what opens it. */}
        <button
          type="button"
          tabIndex={-1}
          className={classes.contextSpot}
          style={{ left: spot.x, top: spot.y }}
          aria-label={t('machines:action.more', { name: displayName(domain) })}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <MachineMenuItems domain={domain} />
      </Menu.Dropdown>
    </Menu>
  )
}
