import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { virshLine } from '../../app/virsh-line.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { showDone, showError } from '../../ui/notices.tsx'

type Work = 'start' | 'stop' | 'build'

/** Start or stop, make the folder, look into it, read the XML, delete. */
export function PoolActions({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const uri = useConnection(pool.connection)?.uri ?? ''
  const [busy, setBusy] = useState<Work | null>(null)
  const ref = { connection: pool.connection, uuid: pool.uuid }
  const run = async (work: Work): Promise<void> => {
    setBusy(work)
    try {
      await call(`pool.${work}`, ref)
      if (work === 'build') showDone(t('storage:built', { path: pool.path ?? '' }))
    } catch (error) {
      showError(error, { onRetry: () => void run(work) })
    }
    setBusy(null)
  }
  const turn = pool.active ? 'stop' : 'start'
  return (
    <>
      <Button variant={pool.active ? 'default' : 'filled'} loading={busy === turn} onClick={() => void run(turn)}>
        {t(`storage:${turn}`)}
      </Button>
      {!pool.active && pool.path && (
        <Button variant="default" loading={busy === 'build'} onClick={() => void run('build')}>
          {t('storage:build')}
        </Button>
      )}
      {pool.path && (
        <Button
          variant="default"
          onClick={() => void call('desktop.open-folder', { path: pool.path ?? '' }).catch(showError)}
        >
          {t('storage:openFolder')}
        </Button>
      )}
      <Button variant="default" onClick={() => openDialog({ kind: 'pool-xml', ...ref })}>
        {t('storage:xml')}
      </Button>
      <Button variant="default" onClick={() => openDialog({ kind: 'delete-pool', ...ref })}>
        {t('storage:delete')}
      </Button>
      <CopyButton compact text={virshLine(uri, 'vol-list', pool)} label={t('storage:copyCommand')} />
    </>
  )
}
