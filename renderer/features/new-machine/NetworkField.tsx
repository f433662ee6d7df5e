import { Select, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SourceEntry } from '../../../shared/model/card-rules.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { entryText, MacvtapNote, SourceOption } from '../card-source/index.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import { networkEntry, networkOf, networkOptions, networkValue, typesName } from './network-options.ts'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

/** What it is connected to: the same choices as a card's dialog has, and none at all; what cannot be had here says why. */
export function NetworkField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { network } = form.plan
  // a name that is typed may begin like one of the list
  const [typing, setTyping] = useState(false)
  const { sources } = form.proposal
  const options = networkOptions(sources)
  const entry = networkEntry(network, sources)
  const words = (option: (typeof options)[number]): string => {
    if (option.kind === 'none') return t('new-machine:review.networkNone')
    if (option.kind === 'user') return t('new-machine:review.networkUser')
    if (option.entry) return entryWords(option.kind, option.entry)
    const kind = t(`cards:source.kind.${option.kind}`)
    return option.obstacle ? kind : `${kind}…`
  }
  const entryWords = (kind: 'network' | 'bridge' | 'direct', one: SourceEntry): string => entryText(t, t(`cards:on.${kind}`, { source: one.name }), one)
  return (
    <Field
      label={t('new-machine:review.network')}
      htmlFor={id}
      hint={hintOf(t, network, entry)}
      findings={findingsOf(form.findings, 'network')}
    >
      <Select
        id={id}
        value={typing ? network.kind : networkValue(network, sources)}
        allowDeselect={false}
        data={options.map((option) => ({ value: option.value, label: words(option), disabled: option.obstacle !== null }))}
        renderOption={({ option }) => <SourceOption label={option.label} obstacle={options.find((one) => one.value === option.value)?.obstacle ?? null} />}
        onChange={(value) => {
          if (value === null) return
          setTyping(value === 'bridge' || value === 'direct')
          edit({ network: networkOf(value) })
        }}
      />
      {(network.kind === 'bridge' || network.kind === 'direct') && (typing || typesName(network, sources)) && (
        <TextInput
          mt={6}
          aria-label={t(`cards:source.name.${network.kind}`)}
          placeholder={t(`cards:source.name.${network.kind}`)}
          value={network.name}
          maxLength={15}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => edit({ network: { kind: network.kind, name: event.currentTarget.value } })}
        />
      )}
    </Field>
  )
}

/** What to know of the choice. */
function hintOf(t: TFunction, network: MachinePlan['network'], entry: SourceEntry | null): ReactNode {
  switch (network.kind) {
    case 'user':
      return t('new-machine:review.networkUserNote')
    case 'bridge':
      return t('cards:source.effect.bridge')
    case 'direct':
      return <MacvtapNote wireless={entry?.note === 'wireless'} />
    default:
      return null
  }
}
