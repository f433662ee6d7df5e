import { Alert, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SourceChoice, SourceEntry, SourceType } from '../../../../shared/model/card-rules.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { TermText } from '../../../ui/Term.tsx'
import { chosenEntry, type CardForm } from './form.ts'
import { obstacleText } from './words.ts'
import classes from './cards.module.css'

interface Props {
  readonly form: CardForm
  readonly choices: readonly SourceChoice[]
  readonly networks: readonly Network[]
  readonly edit: (patch: Partial<CardForm>) => void
}

/** What it is plugged into: the kinds, each with its effect or why it cannot be had, and which one of the chosen kind. */
export function SourceField(props: Props) {
  const { form, choices, edit } = props
  const { t } = useTranslation()
  const pick = (value: string): void => {
    const choice = choices.find((one) => one.type === value)
    if (choice) edit({ type: choice.type })
  }
  return (
    <Radio.Group label={t('cards:source.label')} value={form.type ?? ''} onChange={pick}>
      <Stack gap={10} mt={6}>
        {choices.map((choice) => (
          <div key={choice.type} data-source={choice.type}>
            <Radio
              value={choice.type}
              disabled={choice.obstacle !== null}
              label={t(`cards:source.kind.${choice.type}`)}
              description={choice.obstacle ? obstacleText(t, choice.obstacle) : t(`cards:source.effect.${choice.type}`)}
              classNames={{ description: classes.effect ?? '' }}
            />
            {form.type === choice.type && choice.type !== 'user' && choice.obstacle === null && (
              <div className={classes.which}>
                <NameField {...props} choice={choice} type={choice.type} />
                <SourceNote {...props} />
              </div>
            )}
          </div>
        ))}
      </Stack>
    </Radio.Group>
  )
}

function NameField({ form, choice, type, networks, edit }: Props & { readonly choice: SourceChoice; readonly type: Exclude<SourceType, 'user'> }) {
  const { t } = useTranslation()
  const label = t(`cards:source.name.${type}`)
  const put = (name: string): void => edit({ names: { ...form.names, [type]: name } })
  if (choice.entries === null) {
    return (
      <TextInput label={label} value={form.names[type]} maxLength={255} spellCheck={false} autoComplete="off" onChange={(event) => put(event.currentTarget.value)} />
    )
  }
  const words = ({ name, note }: SourceEntry): string => {
    const kind = networks.find((one) => type === 'network' && one.name === name)?.kind
    const named = kind === undefined ? name : `${name}: ${t(`networks:kind.${kind}`)}`
    const noted = note === 'starts' ? t('cards:source.startsShort') : note === 'wireless' ? t('cards:source.wireless') : note === 'down' ? t('cards:source.down') : null
    return noted === null ? named : `${named} (${noted})`
  }
  return (
    <Select
      label={label}
      placeholder={t('cards:source.pick')}
      value={form.names[type] || null}
      allowDeselect={false}
      data={choice.entries.map((entry) => ({ value: entry.name, label: words(entry), disabled: entry.obstacle !== null }))}
      renderOption={({ option }) => {
        const obstacle = choice.entries?.find((entry) => entry.name === option.value)?.obstacle
        return (
          <div>
            <div>{option.label}</div>
            {obstacle && <div className={classes.reason}>{obstacleText(t, obstacle)}</div>}
          </div>
        )
      }}
      onChange={(name) => name !== null && put(name)}
    />
  )
}

/** What to know of the choice before it is made. */
function SourceNote({ form, choices }: Props) {
  const { t } = useTranslation()
  const entry = chosenEntry(form, choices)
  return (
    <>
      {entry?.note === 'starts' && (
        <Text size="sm" c="dimmed">
          {t('cards:source.starts')}
        </Text>
      )}
      {form.type === 'direct' && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="note">
          <TermText text={t('cards:source.macvtap')} />
          {entry?.note === 'wireless' && <div>{t('cards:source.wirelessNote')}</div>}
        </Alert>
      )}
    </>
  )
}
