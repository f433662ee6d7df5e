import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import type { DomainDetails, DomainSummary } from '../../../../shared/model/domain.ts'
import type { FieldFailure } from '../../../../shared/model/pending.ts'
import { call } from '../../../api/client.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { DialogText } from '../../../ui/DialogText.tsx'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { domainKey } from '../../../stores/app-store.ts'
import { giveUpRestart, restartToApply, useReason, useRestarting } from '../../machines/index.ts'
import { PendingRow } from './PendingRow.tsx'
import classes from './pending.module.css'

interface Props {
  /** The row of the list: its state is newer than the details'. */
  readonly domain: DomainSummary
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
  readonly onClose: () => void
}

type Verb = 'domain.apply-pending' | 'domain.discard-pending'

/** Applies and discards, field by field; what is refused stays beside its field. */
function usePendingWork(details: DomainDetails, onChanged: Props['onChanged']) {
  const [busy, setBusy] = useState<readonly string[]>([])
  const [failures, setFailures] = useState<readonly FieldFailure[]>([])
  const [error, setError] = useState<unknown>(null)
  const { connection, uuid } = details
  const run = async (verb: Verb, fields: readonly string[]): Promise<void> => {
    setBusy(fields)
    setError(null)
    try {
      const answer = await call(verb, { connection, uuid, fields: [...fields] })
      setFailures((before) => [...before.filter((one) => !fields.includes(one.field)), ...answer.failures])
      onChanged(answer.details)
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy([])
    }
  }
  return { busy, failures, error, run }
}

/** What waits for the next start, with both values: applied now where libvirt can, else by a restart, or taken back. */
export function PendingDialog({ domain, details, onChanged, onClose }: Props) {
  const { t } = useTranslation()
  const { pending } = details
  const { busy, failures, error, run } = usePendingWork(details, onChanged)
  const applicable = pending.filter((change) => change.applicable).map(({ field }) => field)
  const all = pending.map(({ field }) => field)
  const name = displayName(details)
  return (
    <Modal opened onClose={onClose} title={t('machine:pending.title', { name })} size="xl">
      <Stack>
        <DialogText>
          <Text size="sm">{t(pending.length === 0 ? 'machine:pending.done' : 'machine:pending.intro')}</Text>
        </DialogText>
        {error !== null && <ErrorNotice error={error} />}
        {pending.length > 0 && (
          <ul className={classes.list}>
            {pending.map((change) => (
              <PendingRow
                key={change.field}
                change={change}
                busy={busy.includes(change.field)}
                locked={busy.length > 0}
                error={failures.find((one) => one.field === change.field)?.error ?? null}
                onApply={() => void run('domain.apply-pending', [change.field])}
                onDiscard={() => void run('domain.discard-pending', [change.field])}
              />
            ))}
          </ul>
        )}
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            {all.length > 1 && (
              <Button variant="default" disabled={busy.length > 0} onClick={() => void run('domain.discard-pending', all)}>
                {t('machine:pending.discardAll')}
              </Button>
            )}
            {applicable.length > 1 && (
              <Button variant="default" disabled={busy.length > 0} onClick={() => void run('domain.apply-pending', applicable)}>
                {t('machine:pending.applyAll')}
              </Button>
            )}
          </Group>
          {pending.length > 0 ? <Restart domain={domain} /> : <Button onClick={onClose}>{t('close')}</Button>}
        </Group>
      </Stack>
    </Modal>
  )
}

/** Shuts down and starts again, after asking; while the guest shuts down it can be given up. */
function Restart({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const key = domainKey(domain.connection, domain.uuid)
  const waiting = useRestarting(key)
  const reason = useReason(domain)('shutdown')
  if (waiting) {
    return (
      <Group gap="xs" role="status">
        <Text size="sm">{t('machine:pending.restarting')}</Text>
        <Button variant="default" onClick={() => giveUpRestart(key)}>
          {t('machine:pending.giveUp')}
        </Button>
      </Group>
    )
  }
  return (
    <Group gap="xs">
      {reason !== null && (
        <Text size="sm" className={classes.dim}>
          {reason}
        </Text>
      )}
      <Button disabled={reason !== null} onClick={() => setAsking(true)}>
        {t('machine:pending.restart')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('machine:pending.restartTitle', { name: displayName(domain) })}
        confirm={t('machine:pending.restartDo')}
        onConfirm={() => {
          setAsking(false)
          void restartToApply(domain)
        }}
        onCancel={() => setAsking(false)}
      >
        {t('machine:pending.restartText')}
      </ConfirmDialog>
    </Group>
  )
}
