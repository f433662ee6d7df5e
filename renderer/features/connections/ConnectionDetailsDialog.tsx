import { Button, Code, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { FactList, type Fact } from '../../ui/FactList.tsx'
import { StateDot } from '../../ui/StateBadge.tsx'
import { shellLine } from '../../../shared/lib/shell.ts'
import type { Connection, ConnectionId } from '../../../shared/model/connection.ts'
import { connectionName, connectionStateText, connectionTone, needText, ownName } from './words.ts'

/** A text in the letters of a shell, with its copy button. */
function Copied({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code>{text}</Code>
      <CopyButton compact text={text} label={label} />
    </Group>
  )
}

/** What is known of a connection and cannot be changed. */
function Facts({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const { uri, kind, state, needs, versions, environmentDefault } = connection
  const later = t('connections:details.versionsLater')
  const facts: readonly Fact[] = [
    { label: t('connections:details.uri'), value: <Copied text={uri} label={t('connections:details.copyUri')} /> },
    { label: t('connections:details.kind'), value: t(`connections:kind.${kind}`) },
    {
      label: t('connections:details.state'),
      value: (
        <>
          <StateDot tone={connectionTone(state)} /> {connectionStateText(t, connection)}
          {needs && ` · ${needText(t, needs)}`}
        </>
      ),
    },
    { label: t('connections:details.libvirt'), value: versions?.libvirt ?? later },
    { label: t('connections:details.hypervisor'), value: versions ? versions.hypervisor : later },
    { label: t('connections:environmentDefault'), value: environmentDefault && t('connections:environmentDefaultTip') },
    {
      label: t('connections:details.shell'),
      value: <Copied text={shellLine(['virsh', '-c', uri, 'list', '--all'])} label={t('copyCommand')} />,
    },
  ]
  return <FactList facts={facts.filter(({ value }) => value !== false)} />
}

/** What the kind of this computer's own connections means. */
function KindNote({ kind }: { readonly kind: Connection['kind'] }) {
  const { t } = useTranslation()
  if (kind !== 'session' && kind !== 'system') return null
  return (
    <Text size="sm" c="dimmed">
      {`${t(`connections:kinds.${kind}.can`)} ${t(`connections:kinds.${kind}.lives`)}`}
    </Text>
  )
}

function Form({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(connection.name ?? '')
  const [autoconnect, setAutoconnect] = useState(connection.autoconnect)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const wanted = name.trim() || null
  const changed = wanted !== connection.name || autoconnect !== connection.autoconnect
  const own = ownName(t, connection.uri)
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      if (changed) await call('connection.update', { connection: connection.id, name: wanted, autoconnect })
      onClose()
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <TextInput
          data-autofocus
          label={t('connections:details.name')}
          description={t('connections:details.nameHelp', { name: own })}
          placeholder={own}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Switch
          label={t('connections:details.autoconnect')}
          description={t('connections:details.autoconnectHelp')}
          checked={autoconnect}
          onChange={(event) => setAutoconnect(event.currentTarget.checked)}
        />
        <Facts connection={connection} />
        <KindNote kind={connection.kind} />
        {error !== null && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!changed}>
            {t('connections:details.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface Props {
  readonly connection: ConnectionId
  readonly onClose: () => void
}

/** What a connection is, and what can be changed about it: its name, and whether it connects by itself. */
export function ConnectionDetailsDialog({ connection: id, onClose }: Props) {
  const { t } = useTranslation()
  const connection = useConnection(id)
  if (!connection) return null
  return (
    <Modal opened onClose={onClose} size="lg" title={t('connections:details.title', { name: connectionName(t, connection) })}>
      <Form connection={connection} onClose={onClose} />
    </Modal>
  )
}
