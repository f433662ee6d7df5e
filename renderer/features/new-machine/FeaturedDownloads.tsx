import { Loader, Skeleton, Title, UnstyledButton } from '@mantine/core'
import { IconCircleCheck, IconCloudDownload } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../../ui/format.ts'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import { useFeatured } from './use-catalogue.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly busy: boolean
  readonly reading: string | null
  readonly onEntry: (entry: CatalogueEntry) => void
}

/** Keeps their place, so that nothing moves under the pointer when they come. */
const places = [1, 2, 3, 4]

/** The few downloads that most people want, side by side. */
export function FeaturedDownloads({ busy, reading, onEntry }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const entries = useFeatured()
  if (entries?.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <Title order={3} size="h5" id={id} className={classes.part}>
        {t('images:featured')}
      </Title>
      <ul className={classes.featured}>
        {!entries &&
          places.map((place) => (
            <li key={place} aria-hidden>
              <Skeleton height="3.65rem" radius={8} />
            </li>
          ))}
        {entries?.map((entry) => {
          const Symbol = entry.fetched === null ? IconCloudDownload : IconCircleCheck
          const size = entry.sizeBytes === null ? null : formatBytes(entry.sizeBytes)
          const facts = [t(`images:kind.${entry.kind}`), entry.variant, size, entry.fetched === null ? null : t('images:inLibrary')]
          return (
            <li key={entry.id}>
              <UnstyledButton
                className={classes.card}
                disabled={busy}
                aria-busy={reading === entry.id}
                data-entry={entry.id}
                title={entry.addresses[0]}
                onClick={() => onEntry(entry)}
              >
                <span className={classes.sourceIcon}>
                  {reading === entry.id ? <Loader size={20} /> : <Symbol size={22} aria-hidden />}
                </span>
                <span className={classes.sourceWords}>
                  <span className={classes.sourceTitle}>
                    <span className={classes.cut}>{entry.name}</span>
                  </span>
                  <span className={classes.sourceFacts}>{facts.filter(Boolean).join(' · ')}</span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
