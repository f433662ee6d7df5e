import { Badge, Button, Center, Group, Loader, Stack, Text } from '@mantine/core'
import { IconDeviceFloppy, IconDisc, IconPhotoDown, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createFrom } from '../jobs/index.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes, formatDate } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import type { LibraryImage } from '../../../shared/model/catalogue.ts'
import { needers } from './needers.ts'
import { RemoveImagesDialog } from './RemoveImagesDialog.tsx'
import classes from './library.module.css'

interface Library {
  readonly folder: string
  readonly images: readonly LibraryImage[]
}

/** What was fetched, read again whenever a download ends, a machine comes or goes, or the window gets focus. */
function useLibrary() {
  const [library, setLibrary] = useState<Library | null>(null)
  const [error, setError] = useState<unknown>(null)
  const downloads = useAppStore((state) => state.jobs.filter((job) => job.kind === 'download' && job.state === 'done').length)
  const machines = useAppStore((state) => Object.keys(state.domains).length)
  const read = async (): Promise<void> => {
    try {
      setLibrary(await call('library.list', {}))
      setError(null)
    } catch (reason) {
      setError(reason)
    }
  }
  useRefreshWhileVisible(read, 30_000, `${downloads} ${machines}`)
  return { library, error, read }
}

/** An image: what it is, how large, whether it was compared, and what stands on it. */
function ImageRow({ image, onRemove }: { readonly image: LibraryImage; readonly onRemove: () => void }) {
  const { t } = useTranslation()
  const { facts } = image
  const names = needers(image)
  const Symbol = image.name.toLowerCase().endsWith('.iso') ? IconDisc : IconDeviceFloppy
  const about = facts
    ? [
        facts.title === image.name ? null : image.name,
        formatBytes(image.sizeBytes),
        t('images:library.fetched', { date: formatDate(facts.fetchedAt) }),
        facts.checked ? t('images:library.checked', { algorithm: facts.checked }) : t('images:library.unchecked'),
      ]
    : [formatBytes(image.sizeBytes), t('images:library.byHand')]
  return (
    <li className={classes.row} data-image={image.name}>
      <Symbol size={22} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Text fw={600} className={classes.name}>
          {facts?.title ?? image.name}
        </Text>
        <Text size="xs" className={classes.facts}>
          {about.filter(Boolean).join(' · ')}
        </Text>
        {names.length > 0 && (
          <Badge variant="light" tt="none" className={classes.badge}>
            {t('images:library.standsOn', { count: names.length, names: names.join(', ') })}
          </Badge>
        )}
      </div>
      <Group gap="xs" className={classes.actions}>
        <Button size="xs" variant="default" onClick={() => createFrom(image.path)}>
          {t('images:library.create')}
        </Button>
        <Button size="xs" variant="default" onClick={onRemove}>
          {t('images:library.remove')}
        </Button>
      </Group>
    </li>
  )
}

/** Images that were fetched for machines: looked at and removed here. What machines stand on stays. */
export function LibraryPage() {
  const { t } = useTranslation()
  const { library, error, read } = useLibrary()
  const [removing, setRemoving] = useState<readonly LibraryImage[] | null>(null)
  const images = library?.images ?? []
  const size = formatBytes(images.reduce((sum, image) => sum + image.sizeBytes, 0))
  return (
    <Page
      title={t('images:library.title')}
      actions={
        images.length > 0 && (
          <Button variant="default" onClick={() => setRemoving(images)}>
            {t('images:library.removeAll')}
          </Button>
        )
      }
      tools={library && images.length === 0 ? ['jobs'] : ['jobs', 'new']}
    >
      {error !== null && <ErrorNotice error={error} onRetry={() => void read()} />}
      {library === null && error === null && (
        <Center py="xl">
          <Loader aria-label={t('loading')} />
        </Center>
      )}
      {library && images.length === 0 && (
        <EmptyState icon={<IconPhotoDown size={36} />} title={t('images:library.empty')} text={t('images:library.emptyText')}>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => createFrom()}>
            {t('machines:new')}
          </Button>
        </EmptyState>
      )}
      {library && images.length > 0 && (
        <Stack gap="sm">
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" c="dimmed" className={classes.folder}>
              {t('images:library.count', { count: images.length, size })} · {t('images:library.folder', { path: library.folder })}
            </Text>
            <CopyButton compact text={library.folder} label={t('settings:copyPath')} />
          </Group>
          <ul className={classes.list} aria-label={t('images:library.list')}>
            {images.map((image) => (
              <ImageRow key={image.path} image={image} onRemove={() => setRemoving([image])} />
            ))}
          </ul>
        </Stack>
      )}
      {removing && (
        <RemoveImagesDialog
          images={removing}
          onClose={() => {
            setRemoving(null)
            void read()
          }}
        />
      )}
    </Page>
  )
}
