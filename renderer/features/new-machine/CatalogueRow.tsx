import { IconCloudDownload, IconDisc } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatDate } from '../../ui/format.ts'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import { SourceRow } from './SourceRow.tsx'

interface Props {
  readonly entry: CatalogueEntry
  readonly busy: boolean
  readonly reading: boolean
  readonly onChoose: () => void
}

/** Something that can be downloaded: name and variant, what it is, and what tells it apart. */
export function CatalogueRow({ entry, busy, reading, onChoose }: Props) {
  const { t } = useTranslation()
  const facts = [
    entry.vendor,
    entry.arch,
    entry.sizeBytes === null ? null : formatBytes(entry.sizeBytes),
    entry.released === null ? null : t('images:catalogue.released', { date: formatDate(entry.released) }),
    entry.endOfLife ? t('images:catalogue.noLongerMaintained') : null,
    entry.fetched === null ? null : t('images:inLibrary'),
  ]
  return (
    <SourceRow
      icon={entry.kind === 'cloud-image' ? IconCloudDownload : IconDisc}
      title={[entry.name, entry.variant].filter(Boolean).join(' · ')}
      kind={t(`images:kind.${entry.kind}`)}
      facts={facts.filter((fact) => fact !== null)}
      hint={entry.addresses[0]}
      mark={{ 'data-entry': entry.id }}
      busy={busy}
      reading={reading}
      onChoose={onChoose}
    />
  )
}
