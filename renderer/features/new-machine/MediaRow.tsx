import { IconDeviceFloppy, IconDisc } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MediaFile } from '../../../shared/model/media.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { formatBytes, formatDateTime } from '../../ui/format.ts'
import { SourceRow } from './SourceRow.tsx'
import { fileName, withTilde } from './sources.ts'
import { mediaTitle } from './words.ts'

interface Props {
  readonly media: MediaFile
  readonly reading: boolean
  readonly busy: boolean
  readonly onChoose: () => void
}

/** An image or an ISO that was found on this computer. */
export function MediaRow({ media, reading, busy, onChoose }: Props) {
  const { t } = useTranslation()
  const home = useAppStore((state) => state.info?.home ?? '')
  const place = t(`new-machine:source.origin.${media.origin}`, { pool: media.pool ?? '' })
  const facts = [fileName(media.path), formatBytes(media.sizeBytes), place, formatDateTime(media.modifiedAt * 1000)]
  if (!media.system) facts.shift()
  if (media.usedBy.length > 0) facts.push(t('new-machine:source.usedBy', { names: media.usedBy.join(', ') }))
  return (
    <SourceRow
      icon={media.kind === 'iso' ? IconDisc : IconDeviceFloppy}
      title={mediaTitle(media)}
      kind={t(`new-machine:source.kind.${media.kind}`)}
      facts={facts}
      hint={withTilde(media.path, home)}
      mark={{ 'data-path': media.path }}
      busy={busy}
      reading={reading}
      onChoose={onChoose}
    />
  )
}
