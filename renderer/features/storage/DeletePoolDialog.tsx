import { List, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { MachineName } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { showDone, showError } from '../../ui/notices.tsx'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

/** Machines keep disks that they name by their paths; those that name the pool do not start without it. */
function Needed({ connection, uuid }: Pick<Props, 'connection' | 'uuid'>) {
  const { t } = useTranslation()
  const [machines, setMachines] = useState<readonly MachineName[]>([])
  useEffect(() => {
    void call('pool.needed-by', { connection, uuid }).then(setMachines, showError)
  }, [connection, uuid])
  if (machines.length === 0) return <Text size="sm">{t('storage:confirmDelete.machines')}</Text>
  return (
    <div>
      <Text size="sm">{t('storage:confirmDelete.needed')}</Text>
      <List size="sm">
        {machines.map((machine) => (
          <List.Item key={machine.uuid}>{machine.name}</List.Item>
        ))}
      </List>
    </div>
  )
}

/** Before a pool is forgotten: its files stay. */
export function DeletePoolDialog({ connection, uuid, onClose }: Props) {
  const { t } = useTranslation()
  const pool = useAppStore((state) => state.pools[connection]?.find((one) => one.uuid === uuid))
  if (!pool) return null
  const { name, path } = pool
  const remove = async (): Promise<void> => {
    await call('pool.delete', { connection, uuid })
    onClose()
    if (window.location.hash.includes(uuid)) go(paths.storage(connection), { replace: true })
    showDone(t('storage:deleted', { name }))
  }
  return (
    <ConfirmDialog
      opened
      danger
      title={t('storage:confirmDelete.title', { name })}
      confirm={t('storage:confirmDelete.do')}
      onConfirm={remove}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{path ? t('storage:confirmDelete.filesStay', { path }) : t('storage:confirmDelete.dataStay')}</Text>
        <Needed connection={connection} uuid={uuid} />
      </Stack>
    </ConfirmDialog>
  )
}
