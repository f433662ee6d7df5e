import { Alert, Button, Chip, Group, Input, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortForward } from '../../../../shared/model/card.ts'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { checkForward, EVERYWHERE, FIRST_FREE_PORT, LOOPBACK, proposeHostPort, type ForwardFinding } from '../../../../shared/model/forward-rules.ts'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { showDone } from '../../../ui/notices.tsx'
import { useSubmit } from '../../../ui/use-submit.ts'

interface Props {
  readonly details: DomainDetails
  readonly wanted: readonly PortForward[]
  /** Those of all the machine's cards: no two can have one port of the host. */
  readonly taken: readonly PortForward[]
  readonly put: (forwards: readonly PortForward[]) => Promise<void>
  readonly onClose: () => void
}

/** Services by the names that everybody calls them. */
const usual = [
  { name: 'ssh', port: 22 },
  { name: 'HTTP', port: 80 },
  { name: 'HTTPS', port: 443 },
  { name: 'RDP', port: 3_389 },
] as const

type Who = 'here' | 'everywhere' | 'other'

interface Typed {
  readonly protocol: PortForward['protocol']
  readonly who: Who
  readonly address: string
  readonly guestPort: string
  /** Null: the proposed one. */
  readonly hostPort: string | null
}

/** Digits alone are a port. */
const portOf = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : NaN)

function forwardOf({ protocol, who, address, guestPort, hostPort }: Typed, taken: readonly PortForward[]): PortForward {
  const guest = portOf(guestPort)
  return {
    protocol,
    hostAddress: who === 'here' ? LOOPBACK : who === 'everywhere' ? EVERYWHERE : address.trim(),
    guestPort: guest,
    hostPort: hostPort === null ? (Number.isNaN(guest) ? NaN : proposeHostPort(guest, taken)) : portOf(hostPort),
  }
}

/** "Forward a port…": which port of the machine, which of the host, and who may use it. */
export function ForwardDialog({ details, wanted, taken, put, onClose }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Typed>({ protocol: 'tcp', who: 'here', address: '', guestPort: '22', hostPort: null })
  const { busy, error, submit } = useSubmit()
  const edit = (patch: Partial<Typed>): void => setTyped((now) => ({ ...now, ...patch }))
  const forward = forwardOf(typed, taken)
  const finding = checkForward(forward, taken)
  const save = async (): Promise<void> => {
    await put([...wanted, forward])
    showDone(t('cards:ports.added', { port: forward.hostPort }))
    onClose()
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (finding === null && !busy) void submit(save)
  }
  const { hostAddress: address, hostPort, guestPort } = forward
  return (
    <Modal opened onClose={onClose} title={t('cards:ports.form.title', { name: displayName(details) })} size="lg">
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          <Services value={typed.guestPort} onChange={(port) => edit({ guestPort: port, hostPort: null, protocol: 'tcp' })} />
          <PortFields typed={typed} forward={forward} finding={finding} edit={edit} />
          <WhoField typed={typed} finding={finding} edit={edit} />
          {forward.hostPort < FIRST_FREE_PORT && <Warning text={t('cards:ports.form.lowPort')} />}
          {finding === null && (
            <Text size="sm" role="status">
              {t('cards:ports.form.preview', { address, hostPort, guestPort })}
            </Text>
          )}
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={finding !== null}>
              {t('cards:ports.form.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Services({ value, onChange }: { readonly value: string; readonly onChange: (port: string) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" role="group" aria-label={t('cards:ports.form.usual')}>
      {usual.map(({ name, port }) => (
        <Chip key={name} size="sm" checked={value === String(port)} onChange={() => onChange(String(port))}>
          {`${name} (${port})`}
        </Chip>
      ))}
    </Group>
  )
}

interface FieldProps {
  readonly typed: Typed
  readonly finding: ForwardFinding | null
  readonly edit: (patch: Partial<Typed>) => void
}

function PortFields({ typed, forward, finding, edit }: FieldProps & { readonly forward: PortForward }) {
  const { t } = useTranslation()
  const wrong = (code: ForwardFinding): string | null => (finding === code ? t(`cards:ports.finding.${code}`) : null)
  const proposed = Number.isNaN(forward.hostPort) ? '' : String(forward.hostPort)
  const common = { inputMode: 'numeric', maxLength: 5, autoComplete: 'off' } as const
  return (
    <Group gap="md" align="flex-start">
      <TextInput
        {...common}
        label={t('cards:ports.form.guestPort')}
        value={typed.guestPort}
        error={wrong('guest-port')}
        onChange={(event) => edit({ guestPort: event.currentTarget.value })}
      />
      <TextInput
        {...common}
        label={t('cards:ports.form.hostPort')}
        value={typed.hostPort ?? proposed}
        error={wrong('host-port') ?? wrong('twice')}
        onChange={(event) => edit({ hostPort: event.currentTarget.value })}
      />
      <Input.Wrapper label={t('cards:ports.form.protocol')} labelElement="div">
        <SegmentedControl
          display="flex"
          aria-label={t('cards:ports.form.protocol')}
          value={typed.protocol}
          data={[
            { value: 'tcp', label: 'TCP' },
            { value: 'udp', label: 'UDP' },
          ]}
          onChange={(value) => edit({ protocol: value === 'udp' ? 'udp' : 'tcp' })}
        />
      </Input.Wrapper>
    </Group>
  )
}

function WhoField({ typed, finding, edit }: FieldProps) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('cards:ports.form.hostAddress')}
        value={typed.who}
        allowDeselect={false}
        data={(['here', 'everywhere', 'other'] as const).map((who) => ({ value: who, label: t(`cards:ports.form.${who}`) }))}
        onChange={(who) => edit({ who: who === 'everywhere' || who === 'other' ? who : 'here' })}
      />
      {typed.who === 'other' && (
        <TextInput
          label={t('cards:ports.form.address')}
          value={typed.address}
          maxLength={15}
          spellCheck={false}
          autoComplete="off"
          error={finding === 'address' && typed.address !== '' ? t('cards:ports.finding.address') : null}
          onChange={(event) => edit({ address: event.currentTarget.value })}
        />
      )}
      {typed.who === 'everywhere' && <Warning text={t('cards:ports.form.everywhereWarning')} />}
    </>
  )
}

function Warning({ text }: { readonly text: string }) {
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="note">
      {text}
    </Alert>
  )
}
