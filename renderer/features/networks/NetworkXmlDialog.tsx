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

/** A network's XML, to read, copy and edit. */
export function NetworkXmlDialog({ connection, uuid, onClose }: Props) {
  const { t } = useTranslation()
  const network = useAppStore((state) => state.networks[connection]?.find((one) => one.uuid === uuid))
  const read = async (): Promise<string> => (await call('network.xml', { connection, uuid })).xml
  return (
    <XmlDialog
      title={t('networks:xmlOf', { name: network?.name ?? '' })}
      copyLabel={t('networks:copyXml')}
      read={read}
      readKey={`${connection}|${uuid}`}
      saving={
        network?.persistent
          ? {
              read,
              save: (edit) => call('network.define-xml', { connection, uuid, ...edit }),
              effect: network.active ? t('xml:effect.network') : null,
            }
          : null
      }
      onClose={onClose}
    />
  )
}
