import { List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/format.ts'
import { showDone } from '../../ui/notices.tsx'
import type { LibraryImage } from '../../../shared/model/catalogue.ts'
import { needers } from './needers.ts'

const titleOf = (image: LibraryImage): string => image.facts?.title ?? image.name

interface Props {
  readonly images: readonly LibraryImage[]
  readonly onClose: () => void
}

/** Asks before images go; those that machines stand on are named, and stay. */
export function RemoveImagesDialog({ images, onClose }: Props) {
  const { t } = useTranslation()
  const kept = images.filter((image) => needers(image).length > 0)
  const going = images.filter((image) => needers(image).length === 0)
  const size = formatBytes(going.reduce((sum, image) => sum + image.sizeBytes, 0))
  const remove = async (): Promise<void> => {
    try {
      const { removed, kept: stayed } = await call('library.remove', { paths: going.map((image) => image.path) })
      if (removed.length > 0) showDone(t('images:library.removed', { count: removed.length }))
      // somebody began to need it meanwhile
      for (const { path, names } of stayed) {
        const name = going.filter((image) => image.path === path).map(titleOf).join('')
        showDone(t('images:library.stays', { name, names: names.join(', ') }))
      }
    } finally {
      onClose()
    }
  }
  const subject = going.length > 0 ? going : images
  return (
    <ConfirmDialog
      opened
      title={t('images:library.askTitle', { count: subject.length, name: subject.map(titleOf).join(', ') })}
      confirm={t('images:library.removeDo')}
      danger
      disabled={going.length === 0}
      onConfirm={remove}
      onCancel={onClose}
    >
      <Stack gap="xs">
        {going.length > 0 && <Text>{t('images:library.askText', { size })}</Text>}
        {kept.length > 0 && (
          <>
            <Text>{t('images:library.askKept')}</Text>
            <List size="sm">
              {kept.map((image) => (
                <List.Item key={image.path}>{`${titleOf(image)}: ${needers(image).join(', ')}`}</List.Item>
              ))}
            </List>
          </>
        )}
      </Stack>
    </ConfirmDialog>
  )
}
