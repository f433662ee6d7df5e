import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Pool, UsedVolume } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { writeClipboard } from '../../api/clipboard.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { showDone, showError } from '../../ui/notices.tsx'

/** Why a volume must not be deleted, in words; null where nothing stands on it. */
function whyKept(t: TFunction, { usedBy, baseOf }: UsedVolume): string | null {
  if (usedBy.length > 0) return t('storage:kept.usedBy', { names: usedBy.map((one) => one.name).join(', ') })
  return baseOf.length > 0 ? t('storage:kept.baseOf', { names: baseOf.join(', ') }) : null
}

interface Props {
  readonly pool: Pool
  readonly volume: UsedVolume
  readonly onDeleted: () => void
}

function Question({ pool, volume, onDeleted, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { name, path } = volume
  const remove = async (): Promise<void> => {
    try {
      await call('volume.delete', { connection: pool.connection, uuid: pool.uuid, path })
      showDone(t('storage:volumeDeleted', { name }))
    } finally {
      onClose()
      onDeleted()
    }
  }
  return (
    <ConfirmDialog
      opened
      danger
      title={t('storage:confirmVolume.title', { name })}
      confirm={t('storage:confirmVolume.do')}
      onConfirm={remove}
      onCancel={onClose}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('storage:confirmVolume.text', { path })}
      </Text>
    </ConfirmDialog>
  )
}

/** What can be done with a volume: its path copied, or the file deleted where nothing stands on it. */
export function VolumeMenu(props: Props) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { volume } = props
  const copy = async (): Promise<void> => {
    await writeClipboard(volume.path)
    showDone(t('copied'), volume.path)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('storage:moreFor', { name: volume.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuEntry
            label={t('storage:copyPath')}
            icon={<IconCopy size={16} aria-hidden />}
            onClick={() => void copy().catch(showError)}
          />
          <MenuEntry
            danger
            label={t('storage:deleteVolume')}
            icon={<IconTrash size={16} aria-hidden />}
            why={whyKept(t, volume)}
            onClick={() => setAsking(true)}
          />
        </Menu.Dropdown>
      </Menu>
      {asking && <Question {...props} onClose={() => setAsking(false)} />}
    </>
  )
}
