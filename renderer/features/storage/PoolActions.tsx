import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCode, IconCopy, IconDots, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pool } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { virshLine } from '../../app/virsh-line.ts'
import { openDialog, useConnection } from '../../stores/app-store.ts'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { showDone, showError } from '../../ui/notices.tsx'
import { useCopyText } from '../../ui/use-copy-text.ts'

type Work = 'start' | 'stop' | 'build'

/** What is done more seldom. */
function More({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
  const uri = useConnection(pool.connection)?.uri ?? ''
  const ref = { connection: pool.connection, uuid: pool.uuid }
  const copy = useCopyText()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label={t('storage:moreFor', { name: pool.name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntry label={t('storage:xml')} icon={<IconCode size={16} aria-hidden />} onClick={() => openDialog({ kind: 'pool-xml', ...ref })} />
        <MenuEntry label={t('storage:copyCommand')} icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy(virshLine(uri, 'vol-list', pool))} />
        <MenuEntry danger label={t('storage:delete')} icon={<IconTrash size={16} aria-hidden />} onClick={() => openDialog({ kind: 'delete-pool', ...ref })} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Start or stop, make the folder, look into it, and more. */
export function PoolActions({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation()
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
      <More pool={pool} />
    </>
  )
}
