import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { TextDialog } from '../../ui/TextDialog.tsx'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

/** A pool's XML, to read and copy. */
export function PoolXmlDialog({ connection, uuid, onClose }: Props) {
  const { t } = useTranslation()
  const name = useAppStore((state) => state.pools[connection]?.find((one) => one.uuid === uuid)?.name)
  return (
    <TextDialog
      title={t('storage:xmlOf', { name: name ?? '' })}
      copyLabel={t('storage:copyXml')}
      read={async () => (await call('pool.xml', { connection, uuid })).xml}
      readKey={`${connection}|${uuid}`}
      onClose={onClose}
    />
  )
}
