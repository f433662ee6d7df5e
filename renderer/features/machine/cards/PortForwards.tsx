import { Badge, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForwardState, PortForward, PortForwards as Forwards } from '../../../../shared/model/card.ts'
import { forwardKey } from '../../../../shared/model/forward-rules.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { call } from '../../../api/client.ts'
import { useConnection } from '../../../stores/app-store.ts'
import { errorRemedy, errorTitle } from '../../../ui/error-text.ts'
import { showDone } from '../../../ui/notices.tsx'
import { StateBadge } from '../../../ui/StateBadge.tsx'
import { useBusy } from '../../../ui/use-busy.ts'
import { ForwardDialog } from './ForwardDialog.tsx'
import classes from './cards.module.css'

interface Props {
  readonly details: DomainDetails
  readonly forwards: Forwards
  /** Those of all the machine's cards. */
  readonly all: readonly Forwards[]
  readonly onPorts: (ports: readonly Forwards[]) => void
}

const tones = { active: 'good', waiting: 'off', failed: 'bad' } as const

/** The ports of the host that lead to this card: which work, which do not and why; adding and removing one. */
export function PortForwards({ details, forwards, all, onPorts }: Props) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const remote = useConnection(details.connection)?.kind === 'remote'
  const { connection, uuid } = details
  const wanted = forwards.forwards.map((one) => one.forward)
  const put = async (next: readonly PortForward[]): Promise<void> =>
    onPorts(await call('domain.set-port-forwards', { connection, uuid, mac: forwards.mac, forwards: next }))
  return (
    <section aria-label={t('cards:ports.title')} data-ports={forwards.mac}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text fw={600} size="sm">
          {t('cards:ports.title')}
        </Text>
        <Button variant="default" size="xs" onClick={() => setAdding(true)}>
          {t('cards:ports.add')}
        </Button>
      </Group>
      {wanted.length === 0 && <Text size="sm">{t('cards:ports.none')}</Text>}
      <ul className={classes.ports}>
        {forwards.forwards.map((one) => (
          <Row
            key={forwardKey(one.forward)}
            one={one}
            on={details.live !== null}
            onRemove={() => put(wanted.filter((other) => forwardKey(other) !== forwardKey(one.forward)))}
            onRetry={forwards.way === 'hostfwd' && details.live !== null && one.state !== 'active' ? () => put(wanted) : null}
          />
        ))}
      </ul>
      {wanted.length > 0 && (
        <Text size="sm" c="dimmed" mt={6}>
          {t(forwards.way === 'passt' ? 'cards:ports.notePasst' : 'cards:ports.note')} {remote && t('cards:ports.noteRemote')}
        </Text>
      )}
      {adding && <ForwardDialog details={details} wanted={wanted} taken={all.flatMap((card) => card.forwards.map((one) => one.forward))} put={put} onClose={() => setAdding(false)} />}
    </section>
  )
}

interface RowProps {
  readonly one: ForwardState
  readonly on: boolean
  readonly onRemove: () => Promise<void>
  /** Null where it would change nothing. */
  readonly onRetry: (() => Promise<void>) | null
}

function Row({ one, on, onRemove, onRetry }: RowProps) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const again = useBusy()
  const { forward, state, fault } = one
  const port = forward.hostPort
  const removeIt = async (): Promise<void> => {
    await onRemove()
    showDone(t('cards:ports.removed', { port }))
  }
  return (
    <li className={classes.port} data-forward={forwardKey(forward)} data-state={state}>
      <Badge variant="default">{forward.protocol.toUpperCase()}</Badge>
      <span className={classes.place}>
        {t('cards:ports.place', { address: forward.hostAddress, port })} {t('cards:ports.arrow', { port: forward.guestPort })}
      </span>
      <StateBadge tone={tones[state]} label={t(`cards:ports.state.${state === 'waiting' && on ? 'pending' : state}`)} />
      <span className={classes.buttons}>
        {onRetry && (
          <Button variant="default" size="xs" loading={again.busy} disabled={busy} aria-label={t('cards:ports.retryOne', { port })} onClick={() => void again.run(onRetry)}>
            {t('retry')}
          </Button>
        )}
        <Button variant="default" size="xs" loading={busy} aria-label={t('cards:ports.removeOne', { port })} onClick={() => void run(removeIt)}>
          {t('cards:ports.remove')}
        </Button>
      </span>
      {fault && (
        <Text size="sm" className={classes.fault ?? ''}>
          {errorTitle(t, fault)} {errorRemedy(t, fault)}
        </Text>
      )}
    </li>
  )
}
