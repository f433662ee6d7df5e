import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../shared/model/connection.ts'
import { whyNotConnection, whyNotNew } from '../../../shared/model/connection-rules.ts'
import { openDialog } from '../../stores/app-store.ts'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { runConnectionAction } from './actions.ts'

const makings = [
  { action: 'new-machine', what: 'machine' },
  { action: 'new-network', what: 'network' },
] as const
const entries = ['connect', 'disconnect', 'remove-connection', 'connection-details'] as const

/** What can be done with a connection; goes into a menu's dropdown. What does not apply is off, with the reason. */
export function ConnectionMenuItems({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const made = makings.map(({ action, what }) => {
    const why = whyNotNew(what, connection)
    return (
      <MenuEntry
        key={action}
        label={t(`app:action.${action}`)}
        why={why && t(`connections:why.${why}`)}
        onClick={() => openDialog({ kind: action, connection: connection.id })}
      />
    )
  })
  const others = entries.map((action) => {
    const why = whyNotConnection(action, connection)
    return [
      action === 'connection-details' && <Menu.Divider key="divider" />,
      <MenuEntry
        key={action}
        label={t(`app:action.${action}`)}
        why={why && t(`connections:why.${why}`)}
        danger={action === 'remove-connection' && !why}
        onClick={() => void runConnectionAction(action, connection)}
      />,
    ]
  })
  return [...made, ...others]
}
