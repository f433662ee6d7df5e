import { Badge, Loader, UnstyledButton } from '@mantine/core'
import { IconCloudDownload, IconDisc } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../ui/Facts.tsx'
import { formatBytes, formatDate } from '../../ui/format.ts'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly entry: CatalogueEntry
  readonly busy: boolean
  readonly reading: boolean
  readonly onChoose: () => void
}

/** Something that can be downloaded: name and variant, what it is, and what tells it apart. */
export function CatalogueRow({ entry, busy, reading, onChoose }: Props) {
  const { t } = useTranslation()
  const Symbol = entry.kind === 'cloud-image' ? IconCloudDownload : IconDisc
  const facts = [
    entry.vendor,
    entry.arch,
    entry.sizeBytes === null ? null : formatBytes(entry.sizeBytes),
    entry.released === null ? null : t('images:catalogue.released', { date: formatDate(entry.released) }),
    entry.endOfLife ? t('images:catalogue.noLongerMaintained') : null,
    entry.fetched === null ? null : t('images:inLibrary'),
  ]
  return (
    <li>
      <UnstyledButton
        className={classes.source}
        disabled={busy}
        aria-busy={reading}
        data-entry={entry.id}
        title={entry.addresses[0]}
        onClick={onChoose}
      >
        <span className={classes.sourceIcon}>{reading ? <Loader size={20} /> : <Symbol size={22} aria-hidden />}</span>
        <span className={classes.sourceWords}>
          <span className={classes.sourceTitle}>
            <span className={classes.cut}>{[entry.name, entry.variant].filter(Boolean).join(' · ')}</span>
            <Badge size="sm" variant="default" tt="none">
              {t(`images:kind.${entry.kind}`)}
            </Badge>
          </span>
          <Facts className={classes.sourceFacts} text={facts.filter(Boolean).join(' · ')} />
        </span>
      </UnstyledButton>
    </li>
  )
}
