import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { StorageFinding } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes } from '../../ui/format.ts'
import { FindingList } from '../../ui/FindingList.tsx'
import { PathField } from './PathField.tsx'
import { useCheck } from './use-check.ts'
import { nameOfSource } from './words.ts'

interface Props {
  readonly connection: ConnectionId
  readonly uuid: string
  readonly onClose: () => void
}

/** What is typed, checked by the host as it is typed, and begun as a job. */
function useNewVolume({ connection, uuid, onClose }: Props) {
  const [source, setSource] = useState('')
  const [ownName, setOwnName] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const name = ownName ?? nameOfSource(source)
  const wish = { connection, uuid, source, name }
  const { answer, fresh, error: checkError } = useCheck(
    () => call('volume.check', wish),
    source.trim() === '' ? null : JSON.stringify(wish),
  )
  const ready = fresh && answer !== null && answer.findings.every((one) => one.level !== 'error')
  const findingsOf = (field: StorageFinding['field']): readonly StorageFinding[] =>
    source === '' ? [] : (answer?.findings ?? []).filter((one) => one.field === field)
  const add = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await call('volume.add', wish)
      onClose()
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return { source, setSource, name, setName: setOwnName, busy, error: error ?? checkError, answer, ready, findingsOf, add }
}

/** "Add a file or an address…": it becomes a volume of the pool, as a job, under a name that can be changed. */
export function AddVolumeDialog(props: Props) {
  const { connection, uuid, onClose } = props
  const { t } = useTranslation()
  const pool = useAppStore((state) => state.pools[connection]?.find((one) => one.uuid === uuid))
  const downloads = useAppStore((state) => state.info?.folders.downloads ?? null)
  const volume = useNewVolume(props)
  const size = volume.answer?.sizeBytes ?? null
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (volume.ready && !volume.busy) void volume.add()
  }
  return (
    <Modal opened onClose={onClose} title={t('storage:add.title', { pool: pool?.name ?? '' })} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <div>
            <PathField
              first
              label={t('storage:add.source')}
              description={t('storage:add.sourceHelp')}
              placeholder={t('storage:add.placeholder')}
              value={volume.source}
              purpose="media"
              start={downloads}
              onChange={volume.setSource}
            />
            {size !== null && (
              <Text size="sm" mt={4} c="dimmed">
                {formatBytes(size)}
              </Text>
            )}
            <FindingList findings={volume.findingsOf('source')} />
          </div>
          <div>
            <TextInput
              label={t('storage:add.name')}
              value={volume.name}
              maxLength={300}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => volume.setName(event.currentTarget.value)}
            />
            <FindingList findings={volume.findingsOf('name')} />
          </div>
          {volume.error !== null && <ErrorNotice error={volume.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={volume.busy} disabled={!volume.ready}>
              {t('storage:add.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
