import { Alert, Button, Group, Loader, Text, TextInput, Title } from '@mantine/core'
import { IconFileSearch, IconFolderOpen, IconSearch, IconWorldDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { PlaceChoice } from '../connections/index.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { pickFile } from '../../ui/pick-file.ts'
import { useRefreshWhileVisible } from '../../ui/use-refresh-while-visible.ts'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { MediaFile } from '../../../shared/model/media.ts'
import { FeaturedDownloads } from './FeaturedDownloads.tsx'
import { MediaRow } from './MediaRow.tsx'
import { filterMedia, folderOf, withTilde } from './sources.ts'
import type { PlanState } from './use-plan.ts'
import classes from './new-machine.module.css'

interface Found {
  readonly media: readonly MediaFile[] | null
  readonly error: unknown
}

/** The media of a connection, read again when the window gets focus: a download may have ended meanwhile. */
function useMedia(connection: ConnectionId) {
  const [found, setFound] = useState<Readonly<Record<ConnectionId, Found>>>({})
  const { media, error } = found[connection] ?? { media: null, error: null }
  const read = async (): Promise<void> => {
    try {
      const list = await call('media.list', { connection })
      setFound((before) => ({ ...before, [connection]: { media: list, error: null } }))
    } catch (reason) {
      setFound((before) => ({ ...before, [connection]: { media: before[connection]?.media ?? null, error: reason } }))
    }
  }
  useRefreshWhileVisible(read, 30_000, connection)
  return { media, error, read }
}

/** Where images are looked for; said so that a person knows where to put one. */
function FoldersLooked() {
  const { t, i18n } = useTranslation()
  const info = useAppStore((state) => state.info)
  if (!info) return null
  const path = withTilde(info.folders.downloads, info.home)
  const folders = new Intl.ListFormat(i18n.resolvedLanguage ?? 'en', { type: 'conjunction' }).format([
    t('new-machine:source.downloads', { path }),
    t('new-machine:source.pools'),
  ])
  return (
    <Text size="xs" className={classes.hint}>
      {t('new-machine:source.folders', { folders })}
    </Text>
  )
}

function NoMedia({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslation()
  const info = useAppStore((state) => state.info)
  const path = withTilde(info?.folders.downloads ?? '', info?.home ?? '')
  return (
    <EmptyState
      icon={<IconFileSearch size={36} />}
      title={t('new-machine:source.empty')}
      text={t('new-machine:source.emptyText', { path })}
    >
      <Button variant="default" onClick={onAgain}>
        {t('new-machine:source.again')}
      </Button>
    </EmptyState>
  )
}

interface Props {
  readonly connection: ConnectionId
  readonly plan: PlanState
  readonly onMove: (connection: ConnectionId) => void
  /** What is being asked of the catalogue. */
  readonly reading: string | null
  readonly onChoose: (path: string) => void
  readonly onEntry: (entry: CatalogueEntry) => void
  /** To the whole catalogue. */
  readonly onSearch: () => void
}

/** The first page: where the machine will live, and what the machine is made from, newest first. */
export function SourcePage({ connection, plan, reading: asked, onMove, onChoose, onEntry, onSearch }: Props) {
  const { t } = useTranslation()
  const { media, error, read } = useMedia(connection)
  const places = useAppStore((state) => state.connections.length)
  const [text, setText] = useState('')
  const shown = filterMedia(media ?? [], text)
  const reading = plan.reading?.path ?? null
  const pick = async (): Promise<void> => {
    const newest = media?.[0]?.path
    const path = await pickFile({ purpose: 'media', start: newest ? folderOf(newest) : null })
    if (path !== null) onChoose(path)
  }
  const listed = shown.some((file) => file.path === reading)
  return (
    <div className={classes.sourcePage}>
      {places > 1 && <PlaceChoice connection={connection} onChange={onMove} />}
      <FeaturedDownloads busy={reading !== null || asked !== null} reading={asked} onEntry={onEntry} />
      <Group gap="sm" grow>
        <Button
          variant="default"
          leftSection={<IconWorldDownload size={16} aria-hidden />}
          disabled={asked !== null}
          onClick={onSearch}
        >
          {t('images:catalogue.open')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={16} aria-hidden />}
          loading={reading !== null && !listed}
          onClick={() => void pick()}
        >
          {t('new-machine:source.another')}
        </Button>
      </Group>
      <Title order={3} size="h5" className={classes.part}>
        {t('new-machine:source.list')}
      </Title>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('new-machine:source.search')}
        aria-label={t('new-machine:source.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {plan.error !== null && <ErrorNotice error={plan.error} />}
      {error !== null && <ErrorNotice error={error} onRetry={() => void read()} />}
      {media === null && error === null && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('new-machine:source.loading')}</Text>
        </Group>
      )}
      {media?.length === 0 && <NoMedia onAgain={() => void read()} />}
      {media && media.length > 0 && shown.length === 0 && (
        <Alert variant="light">{t('new-machine:source.noMatch', { text })}</Alert>
      )}
      {shown.length > 0 && (
        <ul className={classes.sources} aria-label={t('new-machine:source.list')}>
          {shown.map((file) => (
            <MediaRow
              key={file.path}
              media={file}
              reading={file.path === reading}
              busy={reading !== null}
              onChoose={() => onChoose(file.path)}
            />
          ))}
        </ul>
      )}
      <FoldersLooked />
    </div>
  )
}
