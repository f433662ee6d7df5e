import { Alert, Button, Checkbox, Group, Loader, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import type { CatalogueEntry } from '../../../shared/model/catalogue.ts'
import { CatalogueRow } from './CatalogueRow.tsx'
import { useCatalogue, type CatalogueWish, type Found } from './use-catalogue.ts'
import classes from './new-machine.module.css'

/** Whatever lies at an address, for what no catalogue has. */
function AnotherAddress({ busy, onFetch }: { readonly busy: boolean; readonly onFetch: (address: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [address, setAddress] = useState('')
  if (!open) {
    return (
      <Button variant="default" className={classes.start} onClick={() => setOpen(true)}>
        {t('images:catalogue.address')}
      </Button>
    )
  }
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <TextInput
        className={classes.grow}
        autoFocus
        type="url"
        label={t('images:address.label')}
        description={t('images:address.hint')}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button className="vivero-beside-field" disabled={busy || address.trim() === ''} onClick={() => onFetch(address.trim())}>
        {t('images:address.do')}
      </Button>
    </Group>
  )
}

/** What is said about the list: that it is looked for, empty, or longer than shown. */
function ListNote({ found, text }: { readonly found: Found; readonly text: string }) {
  const { t } = useTranslation()
  const { answer, error } = found
  if (error !== null) return <ErrorNotice error={error} />
  if (answer === null) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{t('images:catalogue.loading')}</Text>
      </Group>
    )
  }
  if (answer.total === 0) return <Alert variant="light">{t('images:catalogue.none', { text })}</Alert>
  const more = answer.total - answer.entries.length
  const note = more > 0 ? t('images:catalogue.more', { number: more }) : answer.entries.every((entry) => entry.featured) && text === '' ? t('images:catalogue.noneAtAll') : null
  return note === null ? null : (
    <Text size="xs" className={classes.hint} role="status">
      {note}
    </Text>
  )
}

interface Props {
  readonly busy: boolean
  /** What is being asked for. */
  readonly reading: string | null
  readonly onEntry: (entry: CatalogueEntry) => void
  readonly onAddress: (address: string) => void
}

/** Every image and ISO with an address, found by words: own ones first, then the newest. */
export function CataloguePage({ busy, reading, onEntry, onAddress }: Props) {
  const { t } = useTranslation()
  const [wish, setWish] = useState<CatalogueWish>({ query: '', ended: false, otherArchitectures: false })
  const found = useCatalogue(wish)
  const entries = found.answer?.entries ?? []
  return (
    <div className={classes.sourcePage}>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('images:catalogue.search')}
        aria-label={t('images:catalogue.search')}
        value={wish.query}
        onChange={(event) => setWish({ ...wish, query: event.currentTarget.value })}
      />
      <Group gap="lg">
        <Checkbox
          label={t('images:catalogue.ended')}
          checked={wish.ended}
          onChange={(event) => setWish({ ...wish, ended: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('images:catalogue.otherArchitectures')}
          checked={wish.otherArchitectures}
          onChange={(event) => setWish({ ...wish, otherArchitectures: event.currentTarget.checked })}
        />
      </Group>
      {entries.length > 0 && (
        <ul className={classes.sources} aria-label={t('images:catalogue.list')}>
          {entries.map((entry) => (
            <CatalogueRow
              key={entry.id}
              entry={entry}
              busy={busy}
              reading={reading === entry.id}
              onChoose={() => onEntry(entry)}
            />
          ))}
        </ul>
      )}
      <ListNote found={found} text={wish.query} />
      <AnotherAddress busy={busy} onFetch={onAddress} />
    </div>
  )
}
