import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueSource } from '../../../shared/model/catalogue.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { entryOf, wrongFields } from './own-entry.ts'
import { change } from './parts.tsx'
import { useOwnEntry } from './use-own-entry.ts'
import classes from './settings.module.css'

interface DialogProps {
  readonly entries: readonly CatalogueSource[]
  readonly onAdd: (entry: CatalogueSource) => void
  readonly onClose: () => void
}

/** An image's name and address, and what else is known of it. */
function NewEntryDialog({ entries, onAdd, onClose }: DialogProps) {
  const { t } = useTranslation()
  const { form, fields } = useOwnEntry()
  const arch = useAppStore((state) => state.connections.find((one) => one.capabilities)?.capabilities?.arch ?? 'x86_64')
  const wrong = wrongFields(form, entries)
  const entry = entryOf(form, entries, arch)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (entry) onAdd(entry)
  }
  return (
    <Modal opened onClose={onClose} title={t('settings:entry.title')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            data-autofocus
            required
            maxLength={200}
            label={t('settings:entry.name')}
            error={wrong.includes('name-taken') && t('settings:entry.nameTaken')}
            {...fields.name}
          />
          <TextInput
            required
            type="url"
            maxLength={4_000}
            label={t('settings:entry.address')}
            description={t('settings:entry.addressHelp')}
            error={wrong.includes('address') && t('settings:entry.addressWrong')}
            {...fields.address}
          />
          <TextInput
            maxLength={4_000}
            label={t('settings:entry.checksum')}
            description={t('settings:entry.checksumHelp')}
            error={wrong.includes('checksum') && t('settings:entry.checksumWrong')}
            {...fields.checksum}
          />
          <Group grow align="flex-start">
            <TextInput
              maxLength={200}
              label={t('settings:entry.user')}
              description={t('settings:entry.userHelp')}
              error={wrong.includes('login') && t('settings:entry.userLacks')}
              {...fields.user}
            />
            <TextInput
              maxLength={200}
              label={t('settings:entry.password')}
              description={t('settings:entry.passwordHelp')}
              {...fields.password}
            />
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={entry === null}>
              {t('settings:entry.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Images of one's own, shown first among the downloads: a course's, a company's. */
export function OwnEntries({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const { catalogue } = settings
  const { entries } = catalogue
  const keep = (wanted: readonly CatalogueSource[]): void => void change({ catalogue: { ...catalogue, entries: [...wanted] } })
  return (
    <>
      {entries.map((entry) => (
        <div key={entry.id} className={classes.row}>
          <div className={classes.path}>
            <Text size="sm">{entry.name}</Text>
            <Text size="sm" c="dimmed">
              {entry.addresses.join(', ')}
            </Text>
          </div>
          <Button
            variant="default"
            aria-label={t('settings:entry.removeOf', { name: entry.name })}
            onClick={() => keep(entries.filter((one) => one.id !== entry.id))}
          >
            {t('settings:mirrorRemove')}
          </Button>
        </div>
      ))}
      <div className={classes.row}>
        <Text size="sm" c="dimmed">
          {t('settings:entry.help')}
        </Text>
        <Button variant="default" onClick={() => setAdding(true)}>
          {t('settings:entry.add')}
        </Button>
      </div>
      {adding && (
        <NewEntryDialog
          entries={entries}
          onAdd={(entry) => {
            keep([...entries, entry])
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}
