import { Button, Code, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { StorageFinding } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { go, paths } from '../../app/paths.ts'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { showDone } from '../../ui/notices.tsx'
import { FindingList } from '../../ui/FindingList.tsx'
import { PathField } from './PathField.tsx'
import { PoolTypes } from './PoolTypes.tsx'
import { useCheck } from './use-check.ts'

interface Props {
  readonly connection: ConnectionId
  readonly onClose: () => void
}

type How = 'start' | 'define'

function HowField({ session, value, onChange }: { readonly session: boolean; readonly value: How; readonly onChange: (how: How) => void }) {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('storage:new.how')} value={value} onChange={(how) => onChange(how === 'define' ? 'define' : 'start')}>
      <Stack gap={6} mt={4}>
        <Radio value="start" label={session ? t('storage:new.startSession') : t('storage:new.start')} />
        <Radio value="define" label={t('storage:new.define')} />
      </Stack>
    </Radio.Group>
  )
}

/** What is typed, checked by the host as it is typed, and made. */
function useNewPool(connection: ConnectionId, onMade: () => void) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [path, setPath] = useState('')
  const [how, setHow] = useState<How>('start')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const checked = useCheck(
    () => call('pool.check', { connection, name, path }),
    name === '' && path === '' ? null : JSON.stringify([name, path]),
  )
  const { answer, fresh } = checked
  const ready = fresh && answer !== null && answer.findings.every((one) => one.level !== 'error')
  // A field that nobody has touched is not complained about.
  const findingsOf = (field: StorageFinding['field'], text: string): readonly StorageFinding[] =>
    text === '' ? [] : (answer?.findings ?? []).filter((one) => one.field === field && (how === 'start' || one.code !== 'pool-folder-missing'))
  const create = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { uuid } = await call('pool.create', { connection, name, path, start: how === 'start' })
      onMade()
      go(paths.pool(connection, uuid))
      showDone(t('storage:made', { name }))
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return { name, setName, path, setPath, how, setHow, busy, error: error ?? checked.error, answer, ready, findingsOf, create }
}

/** "New pool…": a name and a folder; defined only, or its folder made, started, and started with its host. */
export function NewPoolDialog({ connection, onClose }: Props) {
  const { t } = useTranslation()
  const home = useAppStore((state) => state.info?.home ?? null)
  const session = useConnection(connection)?.kind === 'session'
  const pool = useNewPool(connection, onClose)
  const { name, path, answer } = pool
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (pool.ready && !pool.busy) void pool.create()
  }
  return (
    <Modal opened onClose={onClose} title={t('storage:new.title')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <div>
            <TextInput
              data-autofocus
              label={t('storage:new.name')}
              value={name}
              maxLength={300}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => pool.setName(event.currentTarget.value)}
            />
            <FindingList findings={pool.findingsOf('name', name)} />
          </div>
          <div>
            <PathField
              label={t('storage:new.path')}
              description={t('storage:new.pathHelp')}
              placeholder={t('storage:new.placeholder')}
              value={path}
              purpose="folder"
              start={home}
              onChange={pool.setPath}
            />
            {answer && path !== '' && answer.path !== path && answer.path !== '' && (
              <Text size="sm" mt={4}>
                {`${t('storage:new.resolved')} `}
                <Code>{answer.path}</Code>
              </Text>
            )}
            <FindingList findings={pool.findingsOf('path', path)} />
          </div>
          <HowField session={session} value={pool.how} onChange={pool.setHow} />
          <PoolTypes connection={connection} />
          {pool.error !== null && <ErrorNotice error={pool.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={pool.busy} disabled={!pool.ready}>
              {t('storage:new.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
