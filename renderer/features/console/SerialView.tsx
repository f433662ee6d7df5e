import { Button, Code, Group, Text } from '@mantine/core'
import { useImperativeHandle, useRef, type Ref } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import classes from './console.module.css'
import { useLeaveKeys } from './use-leave-keys.ts'
import { useSerial, type Serial } from './use-serial.ts'

export type SerialHandle = Pick<Serial, 'copy' | 'paste' | 'focus'>

interface Props {
  readonly domain: DomainSummary
  /** Kept open while the display is shown, so that nothing of what the port says is lost. */
  readonly visible: boolean
  readonly handle: Ref<SerialHandle>
  /** Ctrl+Alt: the keyboard goes back to the page. */
  readonly onLeave: () => void
}

/** Starts a login on the port in a guest with systemd. */
const gettyCommand = 'sudo systemctl enable --now serial-getty@ttyS0'

/** The machine's first serial port, as a terminal. */
export function SerialView({ domain, visible, handle, onLeave }: Props) {
  const { t } = useTranslation()
  const { connection, uuid, id: domainId } = domain
  const container = useRef<HTMLDivElement>(null)
  const label = t('console:serial.label', { name: displayName(domain) })
  const serial = useSerial({ connection, uuid, port: 0, domainId, label, container })
  const { copy, paste, focus } = serial
  useImperativeHandle(handle, () => ({ copy, paste, focus }), [copy, paste, focus])
  useLeaveKeys(container, onLeave)
  return (
    <div className={classes.stage} hidden={!visible} data-phase={serial.phase}>
      {serial.phase === 'connected' && !serial.heard && <SilentHint />}
      <SerialNotice serial={serial} />
      <div
        ref={container}
        className={classes.terminal}
        data-testid="serial"
        data-guest-keys
        data-phase={serial.phase}
        role="region"
        aria-label={label}
        hidden={serial.phase === 'unavailable'}
      />
    </div>
  )
}

/** For a port that is open and says nothing. */
function SilentHint() {
  return (
    <Group className={classes.hint} gap="xs" wrap="nowrap" role="status">
      <Text size="sm">
        <Trans i18nKey="console:serial.silent" values={{ command: gettyCommand }} components={{ command: <Code /> }} />
      </Text>
      <CopyButton compact text={gettyCommand} label={gettyCommand} />
    </Group>
  )
}

/** What keeps the port from being used, and the way on. */
function SerialNotice({ serial }: { readonly serial: Serial }) {
  const { t } = useTranslation()
  const { phase } = serial
  if (phase === 'connected') return null
  if (phase === 'unavailable' || phase === 'failed') {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={serial.error} onRetry={serial.retry} />
      </div>
    )
  }
  const action = phase === 'taken-over' ? 'takeOver' : phase === 'lost' ? 'retryNow' : null
  return (
    <Group className={classes.hint} gap="sm" role="status">
      <Text size="sm">{t(`console:serial.phase.${phase}`)}</Text>
      {action && (
        <Button size="xs" variant="default" onClick={serial.retry}>
          {t(`console:${action}`)}
        </Button>
      )}
    </Group>
  )
}
