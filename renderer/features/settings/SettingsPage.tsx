import { Alert, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/model/settings.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { connectionName } from '../connections/index.ts'
import { Mirrors } from './Mirrors.tsx'
import { change, Group } from './parts.tsx'
import classes from './settings.module.css'

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly help?: string
  readonly value: V
  readonly choices: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
}

/** One of a few: the words stand side by side. */
function Choice<V extends string>({ label, help, value, choices, onChange }: ChoiceProps<V>) {
  const id = useId()
  return (
    <div className={classes.row}>
      <div>
        <Text id={id}>{label}</Text>
        {help && (
          <Text size="sm" c="dimmed">
            {help}
          </Text>
        )}
      </div>
      <SegmentedControl<V> aria-labelledby={id} value={value} data={[...choices]} onChange={onChange} />
    </div>
  )
}

function Looks({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  return (
    <Group title={t('settings:looks')}>
      <Choice
        label={t('settings:language')}
        value={settings.language}
        choices={[
          { value: 'system', label: t('settings:ofTheSystem') },
          // Each language in its own words, so that it can be found by who cannot read the other.
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
        onChange={(language) => void change({ language })}
      />
      <Choice
        label={t('settings:theme')}
        value={settings.theme}
        choices={[
          { value: 'system', label: t('settings:ofTheSystem') },
          { value: 'light', label: t('settings:light') },
          { value: 'dark', label: t('settings:dark') },
        ]}
        onChange={(theme) => void change({ theme })}
      />
    </Group>
  )
}

function NewMachines({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const connections = useAppStore((state) => state.connections)
  const first = t('settings:firstConnection')
  const label = useId()
  return (
    <Group title={t('settings:machines')}>
      <div className={classes.row}>
        <div>
          <Text id={label}>{t('settings:defaultConnection')}</Text>
          <Text size="sm" c="dimmed">
            {t('settings:defaultConnectionHelp')}
          </Text>
        </div>
        <Select
          className={classes.select}
          aria-labelledby={label}
          allowDeselect={false}
          value={settings.defaultConnection ?? ''}
          data={[
            { value: '', label: first },
            ...connections.map((one) => ({ value: one.id, label: connectionName(t, one) })),
          ]}
          onChange={(value) => void change({ defaultConnection: value === '' ? null : value })}
        />
      </div>
      <Choice
        label={t('settings:acceleration')}
        help={t('settings:accelerationHelp')}
        value={settings.acceleration}
        choices={[
          { value: 'auto', label: t('settings:automatic') },
          { value: 'kvm', label: 'KVM' },
          { value: 'tcg', label: t('settings:software') },
        ]}
        onChange={(acceleration) => void change({ acceleration })}
      />
      <Choice
        label={t('settings:guestKeyboard')}
        help={t('settings:guestKeyboardHelp')}
        value={settings.guestKeyboard}
        choices={[
          { value: 'es', label: t('settings:spanish') },
          { value: 'us', label: t('settings:american') },
        ]}
        onChange={(guestKeyboard) => void change({ guestKeyboard })}
      />
    </Group>
  )
}

function Confirmations({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const { confirm } = settings
  const asked = ['shutdown', 'forceOff', 'forceReset'] as const
  return (
    <Group title={t('settings:confirmations')}>
      {asked.map((name) => (
        <div key={name} className={classes.row}>
          <Switch
            label={t(`settings:confirm.${name}`)}
            checked={confirm[name]}
            onChange={(event) => void change({ confirm: { ...confirm, [name]: event.currentTarget.checked } })}
          />
        </div>
      ))}
      <div className={classes.row}>
        <Text size="sm" c="dimmed">
          {t('settings:deletingAsks')}
        </Text>
      </div>
    </Group>
  )
}

function EditXml({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  return (
    <Group title="XML">
      <div className={classes.row}>
        <Switch
          label={t('settings:editXml')}
          description={t('settings:editXmlHelp')}
          styles={{ description: { fontSize: 'var(--mantine-font-size-sm)' } }}
          checked={settings.editXml}
          onChange={(event) => void change({ editXml: event.currentTarget.checked })}
        />
      </div>
    </Group>
  )
}

/** Every preference; a change holds at once and is kept in the file that is named here. */
export function SettingsPage() {
  const { t } = useTranslation()
  const settings = useAppStore((state) => state.settings)
  const info = useAppStore((state) => state.info)
  return (
    <Page title={t('settings:title')} tools={['jobs', 'new']}>
      <Stack className={classes.page} gap="lg">
        {info?.settingsSetAside && (
          <Alert color="orange" title={t('settings:setAside')}>
            {t('settings:setAsideText', { path: info.settingsSetAside })}
          </Alert>
        )}
        <Looks settings={settings} />
        <NewMachines settings={settings} />
        <Confirmations settings={settings} />
        <Mirrors settings={settings} />
        <EditXml settings={settings} />
        {info && (
          <Group title={t('settings:file')}>
            <div className={classes.row}>
              <code className={classes.path}>{info.settingsPath}</code>
              <CopyButton compact text={info.settingsPath} label={t('settings:copyPath')} />
            </div>
          </Group>
        )}
      </Stack>
    </Page>
  )
}
