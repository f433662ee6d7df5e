import { Alert, Badge, Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { domainKey, useAppStore, useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes } from '../../ui/format.ts'
import { showDone, showError, showNotice } from '../../ui/notices.tsx'
import type { DeletionFile, DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'
import { useConnectionName } from '../connections/index.ts'
import { runAction } from './actions.tsx'
import { chosenFiles, firstTicks, totalBytes } from './deletion.ts'
import { setPending, usePending } from './pending.ts'
import classes from './machines.module.css'

/** The machine's files, read when the dialog opens and again once the machine is off. */
function useFiles(ref: MachineRef, active: boolean) {
  const { connection, uuid } = ref
  const [files, setFiles] = useState<readonly DeletionFile[] | null>(null)
  const [snapshots, setSnapshots] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (active) return
    let current = true
    Promise.all([call('domain.deletion-files', { connection, uuid }), call('domain.get', { connection, uuid })]).then(
      ([answer, details]) => {
        if (!current) return
        setFiles(answer)
        setSnapshots(details.snapshots)
        setError(null)
      },
      (reason: unknown) => current && setError(reason),
    )
    return () => {
      current = false
    }
  }, [connection, uuid, active, tries])
  return { files, snapshots, error, retry: () => setTries((count) => count + 1) }
}

function FileRow({
  file,
  ticked,
  onTick,
}: {
  readonly file: DeletionFile
  readonly ticked: boolean
  readonly onTick: (yes: boolean) => void
}) {
  const { t } = useTranslation()
  const size = file.sizeBytes === null ? t('machines:delete.unknownSize') : formatBytes(file.sizeBytes)
  const reason = t(`machines:delete.reason.${file.reason}`, { names: file.usedBy.join(', ') })
  const label = (
    <span className={classes.file}>
      {file.path}{' '}
      <Badge size="sm" variant="default" tt="none">
        {t(`machines:delete.device.${file.device}`)}
      </Badge>
    </span>
  )
  return (
    <li>
      <Checkbox
        checked={ticked}
        disabled={!file.allowed}
        label={label}
        description={`${size} · ${reason}`}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
    </li>
  )
}

/** A machine that is on is not deleted: force off is offered. One that exists only while it runs goes with that. */
function StillOn({ domain, onClose }: { readonly domain: DomainSummary; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const pending = usePending(domainKey(domain.connection, domain.uuid))
  const force = (): void => {
    void runAction('destroy', domain)
    if (!domain.persistent) onClose()
  }
  return (
    <Alert color="orange" variant="light">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{domain.persistent ? t('machines:delete.running') : t('machines:delete.transient')}</Text>
        <Text size="sm">{t('machines:confirm.destroy.text')}</Text>
        <Button color="red" variant="light" loading={pending?.action === 'destroy'} onClick={force}>
          {t('machines:delete.forceOff')}
        </Button>
      </Stack>
    </Alert>
  )
}

/** What was deleted, and what could not be. */
function useTellDeleted() {
  const { t } = useTranslation()
  return (
    name: string,
    answer: {
      readonly removed: readonly string[]
      readonly kept: readonly { readonly path: string; readonly reason: string }[]
    },
  ): void => {
    const count = answer.removed.length
    showDone(count === 0 ? t('machines:notice.deleted', { name }) : t('machines:notice.deletedFiles', { name, count }))
    if (answer.kept.length === 0) return
    const lines = answer.kept.map((file) => (
      <Text key={file.path} size="sm" className={classes.file}>
        {t('machines:notice.keptFile', file)}
      </Text>
    ))
    showNotice(t('machines:notice.kept', { count: answer.kept.length }), <Stack gap={2}>{lines}</Stack>, { stay: true })
  }
}

interface Props extends MachineRef {
  readonly onClose: () => void
}

function OpenDialog({ domain, onClose }: { readonly domain: DomainSummary; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { connection, uuid } = domain
  const name = displayName(domain)
  const active = isActive(domain)
  const { files, snapshots, error, retry } = useFiles(domain, active)
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>({})
  const [busy, setBusy] = useState(false)
  const tellDeleted = useTellDeleted()
  const place = useConnectionName(connection)
  const ticks = { ...firstTicks(files ?? []), ...changed }
  const chosen = chosenFiles(files ?? [], ticks)
  const remove = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setPending(domainKey(connection, uuid), { action: 'delete', phase: 'calling' })
    try {
      const answer = await call('domain.delete', { connection, uuid, files: chosen.map((file) => file.path) })
      onClose()
      if (window.location.hash.includes(uuid)) go(paths.machines(connection), { replace: true })
      tellDeleted(name, answer)
    } catch (reason) {
      showError(reason)
      retry()
    } finally {
      setPending(domainKey(connection, uuid), null)
      setBusy(false)
    }
  }
  const count = chosen.length
  const verb =
    count === 0
      ? t('machines:delete.doMachine')
      : t('machines:delete.doFiles', { count, size: formatBytes(totalBytes(chosen)) })
  return (
    <ConfirmDialog
      opened
      title={t('machines:delete.title', { name })}
      confirm={verb}
      danger
      busy={busy}
      disabled={active || files === null}
      size="lg"
      onConfirm={() => void remove()}
      onCancel={onClose}
    >
      <Stack gap="md">
        {active && <StillOn domain={domain} onClose={onClose} />}
        {!active && <Text size="sm">{t('machines:delete.text', { connection: place })}</Text>}
        {!active && error !== null && <ErrorNotice error={error} onRetry={retry} />}
        {!active && files === null && error === null && (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            <Text size="sm">{t('machines:delete.loading')}</Text>
          </Group>
        )}
        {!active && files?.length === 0 && <Text size="sm">{t('machines:delete.noFiles')}</Text>}
        {!active && files && files.length > 0 && (
          <ul className={classes.files}>
            {files.map((file) => (
              <FileRow
                key={file.path}
                file={file}
                ticked={ticks[file.path] ?? false}
                onTick={(yes) => setChanged((old) => ({ ...old, [file.path]: yes }))}
              />
            ))}
          </ul>
        )}
        {!active && snapshots > 0 && <Text size="sm">{t('machines:delete.snapshots', { count: snapshots })}</Text>}
        {!active && domain.saved && <Text size="sm">{t('machines:delete.saved')}</Text>}
      </Stack>
    </ConfirmDialog>
  )
}

/** Deletes a machine with the files that are ticked; says for each file why it is ticked or not. */
export function DeleteMachineDialog({ connection, uuid, onClose }: Props) {
  const domain = useDomain(connection, uuid)
  const listed = useAppStore((state) => state.listed[connection] ?? false)
  const gone = listed && domain === undefined
  useEffect(() => {
    if (gone) onClose()
  }, [gone, onClose])
  return domain ? <OpenDialog domain={domain} onClose={onClose} /> : null
}
