import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { call } from '../../api/client.ts'
import { useConnection } from '../../stores/app-store.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { connectionName } from './words.ts'

/** Asks before a connection is forgotten. Nothing on it is changed. */
export function RemoveConnectionDialog(props: { readonly connection: ConnectionId; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const connection = useConnection(props.connection)
  if (!connection) return null
  const remove = async (): Promise<void> => {
    await call('connection.remove', { connection: connection.id })
    props.onClose()
  }
  return (
    <ConfirmDialog
      opened
      danger
      title={t('connections:remove.title', { name: connectionName(t, connection) })}
      confirm={t('connections:remove.confirm')}
      onConfirm={remove}
      onCancel={props.onClose}
    >
      <Text>{t('connections:remove.text', { uri: connection.uri })}</Text>
    </ConfirmDialog>
  )
}
