import { List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { restartNetwork } from '../../app/network-power.ts'
import { useAllRead, useAppStore } from '../../stores/app-store.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { showDone } from '../../ui/notices.tsx'
import { useMachinesOn } from './use-machines.ts'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

function Machines({ text, machines }: { readonly text: string; readonly machines: readonly DomainSummary[] }) {
  if (machines.length === 0) return null
  return (
    <div>
      <Text size="sm">{text}</Text>
      <List size="sm">
        {machines.map((machine) => (
          <List.Item key={machine.uuid}>{displayName(machine)}</List.Item>
        ))}
      </List>
    </div>
  )
}

type Verb = 'stop' | 'restart' | 'delete'

function Question({ network, verb, onClose }: { readonly network: Network; readonly verb: Verb; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const machines = useMachinesOn(network)
  // a machine whose document is still being read may be on it
  const known = useAllRead(network.connection)
  const running = machines.filter(isActive)
  const { connection, uuid, name } = network
  const lost = verb === 'delete' || (verb === 'stop' && !network.persistent)
  const act = async (): Promise<void> => {
    if (verb === 'restart') await restartNetwork(network)
    else await call(`network.${verb}`, { connection, uuid })
    onClose()
    if (!lost) return
    if (window.location.hash.includes(uuid)) go(paths.networks(connection), { replace: true })
    showDone(t('networks:deleted', { name }))
  }
  return (
    <ConfirmDialog
      opened
      danger={verb !== 'restart'}
      title={t(`networks:confirm.${verb}.title`, { name })}
      confirm={t(`networks:confirm.${verb}.do`)}
      disabled={!known}
      onConfirm={act}
      onCancel={onClose}
    >
      <Stack gap="sm">
        {lost && <Text size="sm">{t('networks:confirm.gone')}</Text>}
        {!known && <Text size="sm">{t('loading')}</Text>}
        {known && running.length === 0 && <Text size="sm">{t('networks:confirm.noneRunning')}</Text>}
        <Machines text={verb === 'restart' ? t('networks:confirm.restarting') : t('networks:confirm.running')} machines={running} />
        {lost && <Machines text={t('networks:confirm.off')} machines={machines.filter((one) => !isActive(one))} />}
      </Stack>
    </ConfirmDialog>
  )
}

function useNetwork({ connection, uuid }: Props): Network | undefined {
  return useAppStore((state) => state.networks[connection]?.find((one) => one.uuid === uuid))
}

/** Before a network is deleted: which machines lose it. */
export function DeleteNetworkDialog(props: Props) {
  const network = useNetwork(props)
  return network ? <Question network={network} verb="delete" onClose={props.onClose} /> : null
}

/** Before a network stops under running machines, or is gone with its stop. */
export function StopNetworkDialog(props: Props) {
  const network = useNetwork(props)
  return network ? <Question network={network} verb="stop" onClose={props.onClose} /> : null
}

/** Before a network restarts under running machines. */
export function RestartNetworkDialog(props: Props) {
  const network = useNetwork(props)
  return network ? <Question network={network} verb="restart" onClose={props.onClose} /> : null
}
