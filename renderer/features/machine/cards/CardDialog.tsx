import { Button, Checkbox, Group, Loader, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardOutcome } from '../../../../shared/model/card.ts'
import { plainMac } from '../../../../shared/model/card-rules.ts'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { call } from '../../../api/client.ts'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import { showDone, showNotice } from '../../../ui/notices.tsx'
import { useSubmit } from '../../../ui/use-submit.ts'
import { chosenSource, formOf, newCard, stateOf, whenOf, type CardForm, type CardState } from './form.ts'
import { SourceField } from './SourceField.tsx'
import { useSurroundings, type Surroundings } from './use-surroundings.ts'
import { macText, type ListedCard } from './words.ts'

interface Props {
  readonly details: DomainDetails
  /** Null for a new one. */
  readonly card: ListedCard | null
  readonly number: number
  readonly onChanged: (details: DomainDetails) => void
  readonly onClose: () => void
}

/** "Add a network card…", "Change…": where it is plugged in, its model, its MAC, and when that takes effect. */
export function CardDialog(props: Props) {
  const { details, card, number, onClose } = props
  const { t } = useTranslation()
  const around = useSurroundings(details)
  const name = displayName(details)
  const title = card ? t('cards:form.changeTitle', { number, name }) : t('cards:form.addTitle', { name })
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {around.choices === null ? <Loader size="sm" /> : <Form {...props} around={around} choices={around.choices} />}
    </Modal>
  )
}

interface FormProps extends Props {
  readonly around: Surroundings
  readonly choices: NonNullable<Surroundings['choices']>
}

function Form({ details, card, onChanged, onClose, around, choices }: FormProps) {
  const { t } = useTranslation()
  const base = card ? (card.next ?? card.live) : null
  const [form, setForm] = useState<CardForm>(() => (base ? formOf(base, choices) : newCard(choices)))
  const { busy, error, submit } = useSubmit()
  const edit = (patch: Partial<CardForm>): void => setForm((now) => ({ ...now, ...patch }))
  const on = details.live !== null
  const state = stateOf(form, card, { choices, networks: around.networks, machines: around.machines, uuid: details.uuid, on })
  const save = async (): Promise<void> => {
    const outcome = await send(details, card, form, state)
    tell(t, outcome, card !== null)
    onChanged(outcome.details)
    onClose()
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (state.ready && !busy) void submit(save)
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <SourceField form={form} choices={choices} edit={edit} />
        <ModelField form={form} models={around.models} edit={edit} />
        <MacField form={form} state={state} isNew={card === null} locked={card !== null && on} edit={edit} />
        {card && <Checkbox label={t('cards:form.link')} checked={form.linkUp} onChange={(event) => edit({ linkUp: event.currentTarget.checked })} />}
        <Moment form={form} state={state} persistent={details.persistent} edit={edit} />
        {error !== null && <ErrorNotice error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!state.ready}>
            {t(card ? 'cards:form.apply' : 'cards:form.doAdd')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldProps {
  readonly form: CardForm
  readonly edit: (patch: Partial<CardForm>) => void
}

function ModelField({ form, models, edit }: FieldProps & { readonly models: readonly string[] }) {
  const { t } = useTranslation()
  const words: Readonly<Record<string, string>> = {
    virtio: t('cards:form.modelVirtio'),
    e1000e: t('cards:form.modelE1000e'),
    rtl8139: t('cards:form.modelRtl8139'),
  }
  const all = form.model === '' || models.includes(form.model) ? models : [form.model, ...models]
  return (
    <Select
      label={t('cards:form.model')}
      value={form.model || null}
      allowDeselect={false}
      data={all.map((model) => ({ value: model, label: words[model] ?? model }))}
      onChange={(model) => model !== null && edit({ model })}
    />
  )
}

interface MacProps extends FieldProps {
  readonly state: CardState
  readonly isNew: boolean
  readonly locked: boolean
}

function MacField({ form, state, isNew, locked, edit }: MacProps) {
  const { t } = useTranslation()
  const wrong = state.mac !== null && state.mac.code !== 'duplicate'
  const hint = t(locked ? 'cards:form.macRunning' : isNew ? 'cards:form.macAutoHint' : 'cards:form.macKept')
  return (
    <TextInput
      label={t('cards:form.mac')}
      value={form.mac}
      placeholder={isNew ? t('cards:form.macAuto') : ''}
      disabled={locked}
      maxLength={60}
      spellCheck={false}
      autoComplete="off"
      error={wrong && state.mac ? macText(t, state.mac) : null}
      description={
        state.mac?.code === 'duplicate' ? (
          <Text component="span" size="sm" c="light-dark(#8a4b00, #ffcb7d)" data-code="duplicate">
            {macText(t, state.mac)}
          </Text>
        ) : wrong ? undefined : (
          hint
        )
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => edit({ mac: event.currentTarget.value })}
    />
  )
}

/** When it takes effect; asked where both are possible. */
function Moment({ form, state, persistent, edit }: FieldProps & { readonly state: CardState; readonly persistent: boolean }) {
  const { t } = useTranslation()
  const plain = (text: ReactNode): ReactNode => (
    <Text size="sm" c="dimmed" role="status">
      {text}
    </Text>
  )
  if (state.moment === 'ask') {
    return (
      <Radio.Group
        label={t('cards:form.whenLabel')}
        value={persistent ? form.when : 'replug'}
        onChange={(when) => edit({ when: when === 'replug' ? 'replug' : 'next-start' })}
      >
        <Stack gap={8} mt={6}>
          <Radio value="next-start" disabled={!persistent} label={t('cards:form.later')} description={t('cards:form.laterHint')} />
          <Radio value="replug" label={t('cards:form.replug')} description={t('cards:form.replugHint')} />
        </Stack>
      </Radio.Group>
    )
  }
  if (state.moment === 'off') return plain(t('cards:form.offHint'))
  if (state.moment === 'now') return plain(t('cards:form.nowHint'))
  return plain(Object.keys(state.change).length === 0 ? t('cards:form.nothing') : t('cards:form.laterHint'))
}

function send(details: DomainDetails, card: ListedCard | null, form: CardForm, state: CardState): Promise<CardOutcome> {
  const { connection, uuid } = details
  const source = chosenSource(form)
  const mac = form.mac.trim() === '' ? null : plainMac(form.mac)
  if (!card) return call('domain.add-interface', { connection, uuid, source: source ?? { type: 'user' }, model: form.model, mac })
  const when = state.moment === 'ask' && !details.persistent ? 'replug' : whenOf(form, state.moment)
  return call('domain.change-interface', { connection, uuid, mac: card.shown.mac ?? '', change: state.change, when })
}

function tell(t: TFunction, { effect, details }: CardOutcome, changed: boolean): void {
  if (effect === 'kept-by-guest') {
    showNotice(t('cards:done.keptTitle'), t('cards:done.kept'), { stay: true })
    return
  }
  const later = effect === 'next-start' && details.live !== null ? t('cards:done.changedLater') : undefined
  if (changed) showDone(t('cards:done.changed'), later)
  else showDone(t('cards:done.added'), details.live ? undefined : t('cards:done.addedLater'))
}
