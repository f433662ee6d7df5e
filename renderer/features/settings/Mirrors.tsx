import { Button, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mirror } from '../../../shared/model/catalogue.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { OwnEntries } from './OwnEntries.tsx'
import { change, Group } from './parts.tsx'
import classes from './settings.module.css'

/** A row of two addresses to type, and its button. */
function NewMirror({ onAdd }: { readonly onAdd: (mirror: Mirror) => void }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const add = (): void => {
    onAdd({ from: from.trim(), to: to.trim() })
    setFrom('')
    setTo('')
  }
  const isAddress = (text: string): boolean => /^https?:\/\/[^/]/i.test(text.trim())
  return (
    <div className={classes.row}>
      <TextInput
        type="url"
        className={classes.address}
        label={t('settings:mirrorFrom')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="url"
        className={classes.address}
        label={t('settings:mirrorTo')}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <Button variant="default" className={classes.low} disabled={!isAddress(from) || !isAddress(to)} onClick={add}>
        {t('settings:mirrorAdd')}
      </Button>
    </div>
  )
}

/** Where images are fetched from: a classroom's mirror in the place of a publisher. */
export function Mirrors({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const { catalogue } = settings
  const keep = (mirrors: readonly Mirror[]): void => void change({ catalogue: { ...catalogue, mirrors } })
  const others = (mirror: Mirror): Mirror[] => catalogue.mirrors.filter((one) => one.from !== mirror.from)
  return (
    <Group title={t('settings:downloads')}>
      <div className={classes.row}>
        <Text size="sm" c="dimmed">
          {t('settings:mirrorsHelp')}
        </Text>
      </div>
      {catalogue.mirrors.map((mirror) => (
        <div key={mirror.from} className={classes.row}>
          <div className={classes.path}>
            <Text size="sm">{mirror.from}</Text>
            <Text size="sm" c="dimmed">
              {t('settings:mirrorIs', { address: mirror.to })}
            </Text>
          </div>
          <Button
            variant="default"
            aria-label={t('settings:mirrorRemoveOf', { address: mirror.from })}
            onClick={() => keep(others(mirror))}
          >
            {t('settings:mirrorRemove')}
          </Button>
        </div>
      ))}
      <NewMirror onAdd={(mirror) => keep([...others(mirror), mirror])} />
      <OwnEntries settings={settings} />
    </Group>
  )
}
