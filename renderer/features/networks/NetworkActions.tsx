import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCode, IconCopy, IconDots, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { call } from '../../api/client.ts'
import { startNetwork } from '../../app/network-power.ts'
import { virshLine } from '../../app/virsh-line.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { showError } from '../../ui/notices.tsx'
import { useCopyText } from '../../ui/use-copy-text.ts'
import { CopySummary } from './CopySummary.tsx'
import { useRestart } from './use-restart.ts'

/** What is done more seldom. */
function More({ network, restart }: { readonly network: Network; readonly restart: () => void }) {
  const { t } = useTranslation()
  const uri = useConnection(network.connection)?.uri ?? ''
  const ref = { connection: network.connection, uuid: network.uuid }
  const copy = useCopyText()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label={t('networks:moreActions')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {network.active && network.persistent && (
          <MenuEntry label={t('networks:restart')} icon={<IconRefresh size={16} aria-hidden />} onClick={restart} />
        )}
        <MenuEntry label={t('networks:xml')} icon={<IconCode size={16} aria-hidden />} onClick={() => openDialog({ kind: 'network-xml', ...ref })} />
        <MenuEntry label={t('networks:copyCommand')} icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy(virshLine(uri, 'net-dumpxml', network))} />
        <MenuEntry danger label={t('networks:delete')} icon={<IconTrash size={16} aria-hidden />} onClick={() => openDialog({ kind: 'delete-network', ...ref })} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Edit, start or stop, copy the summary, and more; a network with machines on it is asked about first. */
export function NetworkActions({ network, machines }: { readonly network: Network; readonly machines: readonly DomainSummary[] }) {
  const { t } = useTranslation()
  const inUse = machines.length > 0
  const [busy, setBusy] = useState(false)
  const { restart, busy: restarting } = useRestart(network)
  const ref = { connection: network.connection, uuid: network.uuid }
  const turn = async (): Promise<void> => {
    if (network.active && (inUse || !network.persistent)) return openDialog({ kind: 'stop-network', ...ref })
    setBusy(true)
    await (network.active ? call('network.stop', ref) : startNetwork(ref)).catch(showError)
    setBusy(false)
  }
  return (
    <>
      {network.kind !== 'other' && network.persistent && (
        <Button variant="default" onClick={() => openDialog({ kind: 'edit-network', ...ref })}>
          {t('networks:edit')}
        </Button>
      )}
      <Button variant={network.active ? 'default' : 'filled'} loading={busy || restarting} onClick={() => void turn()}>
        {network.active ? t('networks:stop') : t('networks:start')}
      </Button>
      <CopySummary network={network} machines={machines} />
      <More network={network} restart={restart} />
    </>
  )
}
