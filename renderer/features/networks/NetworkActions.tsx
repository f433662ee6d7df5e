import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { call } from '../../api/client.ts'
import { virshLine } from '../../app/virsh-line.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { showError } from '../../ui/notices.tsx'
import { useMachinesOn } from './use-machines.ts'

/** Start or stop, read, delete; a network with machines on it is asked about first. */
export function NetworkActions({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const uri = useConnection(network.connection)?.uri ?? ''
  const inUse = useMachinesOn(network).length > 0
  const [busy, setBusy] = useState(false)
  const ref = { connection: network.connection, uuid: network.uuid }
  const turn = async (): Promise<void> => {
    if (network.active && (inUse || !network.persistent)) return openDialog({ kind: 'stop-network', ...ref })
    setBusy(true)
    await call(network.active ? 'network.stop' : 'network.start', ref).catch(showError)
    setBusy(false)
  }
  return (
    <>
      <Button variant={network.active ? 'default' : 'filled'} loading={busy} onClick={() => void turn()}>
        {network.active ? t('networks:stop') : t('networks:start')}
      </Button>
      <Button variant="default" onClick={() => openDialog({ kind: 'network-xml', ...ref })}>
        {t('networks:xml')}
      </Button>
      <Button variant="default" onClick={() => openDialog({ kind: 'delete-network', ...ref })}>
        {t('networks:delete')}
      </Button>
      <CopyButton compact text={virshLine(uri, 'net-dumpxml', network)} label={t('networks:copyCommand')} />
    </>
  )
}
