import { Button, Group, Loader, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconDisc } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useAppStore, useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes } from '../../ui/format.ts'
import { showDone } from '../../ui/notices.tsx'
import { pickFile } from '../../ui/pick-file.ts'
import type { MediaFile } from '../../../shared/model/media.ts'
import { displayName, isActive } from '../../../shared/model/domain-rules.ts'
import { shownConfig } from './facts.ts'
import { useDetails } from './use-details.ts'
import classes from './machine.module.css'

interface Props extends MachineRef {
  readonly target: string
  readonly onClose: () => void
}

/** ISO images that the app knows of, newest first; null while they are read. What cannot be listed can still be picked. */
function useIsos(connection: string): readonly MediaFile[] | null {
  const [isos, setIsos] = useState<readonly MediaFile[] | null>(null)
  useEffect(() => {
    let current = true
    const take = (media: readonly MediaFile[]): void => {
      if (current)
        setIsos(
          media.filter((file) => file.kind === 'iso').toSorted((left, right) => right.modifiedAt - left.modifiedAt),
        )
    }
    call('media.list', { connection }).then(take, () => take([]))
    return () => {
      current = false
    }
  }, [connection])
  return isos
}

function Iso({
  iso,
  disabled,
  onChoose,
}: {
  readonly iso: MediaFile
  readonly disabled: boolean
  readonly onChoose: () => void
}) {
  return (
    <li>
      <UnstyledButton className={classes.iso} disabled={disabled} data-path={iso.path} onClick={onChoose}>
        <IconDisc size={20} aria-hidden />
        <span>
          <Text component="span" fw={600} display="block">
            {iso.system?.name ?? iso.path.slice(iso.path.lastIndexOf('/') + 1)}
          </Text>
          <Text component="span" size="xs" className={classes.dim}>
            {`${iso.path} · ${formatBytes(iso.sizeBytes)}`}
          </Text>
        </span>
      </UnstyledButton>
    </li>
  )
}

/** Changes the CD in a drive, or ejects it: at once where the machine runs, and for the next start. */
export function ChangeMediaDialog({ connection, uuid, target, onClose }: Props) {
  const { t } = useTranslation()
  const domain = useDomain(connection, uuid)
  const { details, error: readError } = useDetails({ connection, uuid })
  const isos = useIsos(connection)
  const downloads = useAppStore((state) => state.info?.folders.downloads ?? null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const disk = details && shownConfig(details)?.disks.find((one) => one.target === target)
  const gone = details !== null && !disk
  const change = async (path: string | null): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await call('domain.change-media', { connection, uuid, target, path })
      showDone(path === null ? t('machine:media.ejected') : t('machine:media.done'))
      onClose()
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  const pick = async (): Promise<void> => {
    const path = await pickFile({ purpose: 'iso', start: downloads })
    if (path !== null) await change(path)
  }
  const now = disk?.path ?? disk?.sourceName ?? null
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('machine:media.title', { target, name: domain ? displayName(domain) : '' })}
      size="lg"
    >
      <Stack gap="md">
        {readError !== null && <ErrorNotice error={readError} />}
        {error !== null && <ErrorNotice error={error} />}
        {gone && <Text>{t('machine:media.gone')}</Text>}
        {disk && (
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text size="xs" className={classes.dim}>
                {t('machine:media.now')}
              </Text>
              <Text size="sm" className={classes.lines}>
                {now ?? t('machine:media.empty')}
              </Text>
            </div>
            {now !== null && (
              <Button variant="default" disabled={busy} onClick={() => void change(null)}>
                {t('machine:media.eject')}
              </Button>
            )}
          </Group>
        )}
        {isos === null && <Loader size="sm" />}
        {isos?.length === 0 && <Text size="sm">{t('machine:media.none')}</Text>}
        {isos && isos.length > 0 && (
          <ul className={classes.isos} aria-label={t('machine:media.iso')}>
            {isos.map((iso) => (
              <Iso
                key={iso.path}
                iso={iso}
                disabled={busy || !disk || iso.path === now}
                onChoose={() => void change(iso.path)}
              />
            ))}
          </ul>
        )}
        <Group justify="space-between">
          <Text size="xs" className={classes.dim}>
            {domain && isActive(domain) ? t('machine:media.live') : t('machine:media.off')}
          </Text>
          <Button variant="default" data-autofocus loading={busy} disabled={gone} onClick={() => void pick()}>
            {t('machine:media.pick')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
