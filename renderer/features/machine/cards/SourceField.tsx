import { Autocomplete, Checkbox, Radio, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SourceChoice, SourceEntry, SourceType } from '../../../../shared/model/card-rules.ts'
import { entryText, MacvtapNote, obstacleText, SourceOption } from '../../card-source/index.ts'
import { chosenEntry, type CardForm } from './form.ts'
import classes from './cards.module.css'

interface Props {
  readonly form: CardForm
  readonly choices: readonly SourceChoice[]
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
            {form.type === 'user' && choice.type === 'user' && (choice.passt || form.passt) && (
              <Checkbox
                className={classes.which ?? ''}
                label={t('cards:source.passt')}
                description={t('cards:source.passtHint')}
                checked={form.passt}
                onChange={(event) => edit({ passt: event.currentTarget.checked })}
              />
            )}
          </div>
        ))}
      </Stack>
    </Radio.Group>
  )
}

function NameField({ form, choice, type, edit }: Props & { readonly choice: SourceChoice; readonly type: Exclude<SourceType, 'user'> }) {
  const { t } = useTranslation()
  const label = t(`cards:source.name.${type}`)
  const put = (name: string): void => edit({ names: { ...form.names, [type]: name } })
  if (choice.entries === null || choice.open) {
    const known = (choice.entries ?? []).filter((entry) => entry.obstacle === null).map((entry) => entry.name)
    return <Autocomplete label={label} data={known} value={form.names[type]} maxLength={255} spellCheck={false} autoComplete="off" onChange={put} />
  }
  const words = (entry: SourceEntry): string =>
    entryText(t, entry.kind === undefined ? entry.name : `${entry.name}: ${t(`networks:kind.${entry.kind}`)}`, entry)
  return (
    <Select
      label={label}
      placeholder={t('cards:source.pick')}
      value={form.names[type] || null}
      allowDeselect={false}
      data={choice.entries.map((entry) => ({ value: entry.name, label: words(entry), disabled: entry.obstacle !== null }))}
      renderOption={({ option }) => (
        <SourceOption label={option.label} obstacle={choice.entries?.find((entry) => entry.name === option.value)?.obstacle ?? null} />
      )}
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
      {form.type === 'direct' && <MacvtapNote wireless={entry?.note === 'wireless'} />}
    </>
  )
}
