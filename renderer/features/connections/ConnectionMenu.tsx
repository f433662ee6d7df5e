import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../shared/model/connection.ts'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { runConnectionAction, whyNotConnection, type ConnectionAction } from './actions.ts'

const actions: readonly ConnectionAction[] = ['connect', 'disconnect', 'remove-connection']

/** What can be done with a connection; goes into a menu's dropdown. */
export function ConnectionMenuItems({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  return actions.map((action) => {
    const why = whyNotConnection(action, connection)
    return [
      action === 'remove-connection' && <Menu.Divider key="divider" />,
      <MenuEntry
        key={action}
        label={t(`app:action.${action}`)}
        why={why && t(`connections:why.${why}`)}
        danger={action === 'remove-connection' && !why}
        onClick={() => void runConnectionAction(action, connection)}
      />,
    ]
  })
}
