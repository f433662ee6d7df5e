import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { call } from '../../api/client.ts'
import { href, paths } from '../../app/paths.ts'
import { showError } from '../../ui/notices.tsx'
import { useMachinesOn } from './use-machines.ts'

/** The machines on a network, each a link to its page; nothing where there is none. */
export function NetworkMachines({ network }: { readonly network: Network }) {
  const machines = useMachinesOn(network)
  return machines.map((machine, index) => (
    <Fragment key={machine.uuid}>
      {index > 0 && ', '}
      <Anchor href={href(paths.machine(machine.connection, machine.uuid, 'details'))}>{displayName(machine)}</Anchor>
    </Fragment>
  ))
}

/** A network that is off while machines need it: said, with the button that starts it. */
export function NeededNetwork({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const machines = useMachinesOn(network)
  if (network.active || machines.length === 0) return null
  const start = async (): Promise<void> => {
    setBusy(true)
    await call('network.start', { connection: network.connection, uuid: network.uuid }).catch(showError)
    setBusy(false)
  }
  return (
    <Alert color="orange" variant="light" mb="sm" role="note">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('networks:needed', { names: machines.map(displayName).join(', ') })}</Text>
        <Button variant="default" size="xs" loading={busy} onClick={() => void start()}>
          {t('networks:startNeeded')}
        </Button>
      </Stack>
    </Alert>
  )
}
