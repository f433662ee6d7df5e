import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { XmlDialog } from '../xml/index.ts'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

/** A pool's XML, to read, copy and edit. */
export function PoolXmlDialog({ connection, uuid, onClose }: Props) {
  const { t } = useTranslation()
  const pool = useAppStore((state) => state.pools[connection]?.find((one) => one.uuid === uuid))
  const read = async (): Promise<string> => (await call('pool.xml', { connection, uuid })).xml
  return (
    <XmlDialog
      title={t('storage:xmlOf', { name: pool?.name ?? '' })}
      copyLabel={t('storage:copyXml')}
      read={read}
      readKey={`${connection}|${uuid}`}
      saving={
        pool?.persistent
          ? {
              read,
              save: (edit) => call('pool.define-xml', { connection, uuid, ...edit }),
              effect: pool.active ? t('xml:effect.pool') : null,
            }
          : null
      }
      onClose={onClose}
    />
  )
}
