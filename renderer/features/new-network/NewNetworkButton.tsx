import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core'
import { IconHelpCircle, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { whyNotNew } from '../../../shared/model/connection-rules.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { connectionName } from '../connections/index.ts'
import { openNetworksOf, useSystem } from './session.ts'
import classes from './new-network.module.css'

interface Props {
  readonly connection: ConnectionId
  /** In a page without networks: with the way to where it is on, and the reason in a line under it where the page does not say it. */
  readonly explained?: boolean
}

/** The way to the system's networks, for a session. */
function SystemButton() {
  const { t } = useTranslation()
  const system = useSystem()
  if (!system) return null
  return (
    <Button onClick={() => openNetworksOf(system)}>
      {t('new-network:session.open', { name: connectionName(t, system) })}
    </Button>
  )
}

/** The whole matrix, a click away from where networks are listed. */
export function NetworkKindsButton() {
  const { t } = useTranslation()
  const label = t('new-network:matrix.open')
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={34} aria-label={label} onClick={() => openDialog({ kind: 'network-kinds' })}>
        <IconHelpCircle size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** "New network"; off with its reason where no network can be made. */
export function NewNetworkButton({ connection, explained = false }: Props) {
  const { t } = useTranslation()
  const why = whyNotNew('network', useConnection(connection))
  const reason = why && t(`connections:why.${why}`)
  const open = (): void => {
    if (!why) openDialog({ kind: 'new-network', connection })
  }
  const button = (
    <Button
      onClick={open}
      leftSection={<IconPlus size={16} aria-hidden />}
      {...(reason ? { 'data-disabled': true, 'aria-disabled': true, title: reason } : {})}
    >
      {t('new-network:button')}
    </Button>
  )
  if (!explained) return button
  return (
    <div className={classes.explained}>
      <Group gap="xs" justify="center">
        {button}
        {why === 'session-network' && <SystemButton />}
        <NetworkKindsButton />
      </Group>
      {reason && why !== 'session-network' && (
        <Text size="sm" c="dimmed">
          {reason}
        </Text>
      )}
    </div>
  )
}
