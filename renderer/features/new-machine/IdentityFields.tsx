import { Badge, Select, Text, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../../stores/app-store.ts'
import { formatBytes } from '../../ui/format.ts'
import { connectionName } from '../connections/index.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import { withTilde } from './sources.ts'
import { SystemSelect } from './SystemSelect.tsx'
import type { PlanState } from './use-plan.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly form: PlanForm
  readonly plan: PlanState
}

/** The connection in which it is made, with its badge; only those that are connected can be chosen. */
function MadeIn({ form, plan }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const connections = useAppStore(
    useShallow((state) =>
      state.connections.filter((one) => one.state === 'connected' || one.id === form.plan.connection),
    ),
  )
  const chosen = connections.find((one) => one.id === form.plan.connection)
  const choose = (connection: string): void => {
    const { mediaPath, osId } = form.plan
    void plan.propose({ connection, path: mediaPath, osId: form.edited.has('osId') ? osId : undefined })
  }
  return (
    <Field label={t('new-machine:review.madeIn')} htmlFor={id}>
      <div className={classes.inline}>
        <Select
          id={id}
          className={classes.grow}
          value={form.plan.connection}
          allowDeselect={false}
          data={connections.map((one) => ({ value: one.id, label: connectionName(t, one) }))}
          onChange={(value) => value !== null && value !== form.plan.connection && choose(value)}
        />
        {chosen && chosen.kind !== 'session' && (
          <Badge variant="default" tt="none">
            {t(`connections:kind.${chosen.kind}`)}
          </Badge>
        )}
      </div>
    </Field>
  )
}

/** Whether a fetched image was compared with what its publisher says of it. */
const checkedText = (t: TFunction, algorithm: string | null): string =>
  algorithm === null ? t('images:checked.no') : t('images:checked.yes', { algorithm })

function MadeFrom({ form }: Pick<Props, 'form'>) {
  const { t } = useTranslation()
  const home = useAppStore((state) => state.info?.home ?? '')
  const { media } = form.proposal
  return (
    <Field label={t('new-machine:review.source')} findings={findingsOf(form.findings, 'mediaPath')}>
      <Text size="sm" className={classes.path}>
        {withTilde(media.path, home)}
      </Text>
      <Text size="xs" className={classes.hint}>
        {[
          t(`new-machine:source.kind.${media.kind}`),
          media.kind === 'disk' ? media.format : '',
          formatBytes(media.sizeBytes),
          media.fetched ? checkedText(t, media.fetched.checked) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Field>
  )
}

/** Where it is made, from what, what runs in it, and what it is called. */
export function IdentityFields({ form, plan }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { edit } = plan
  return (
    <>
      <MadeIn form={form} plan={plan} />
      <MadeFrom form={form} />
      <SystemSelect form={form} plan={plan} />
      <Field
        label={t('new-machine:review.titleField')}
        htmlFor={`${id}-title`}
        findings={findingsOf(form.findings, 'title')}
      >
        <TextInput
          id={`${id}-title`}
          data-autofocus
          value={form.plan.title}
          maxLength={200}
          onChange={(event) => edit({ title: event.currentTarget.value })}
        />
      </Field>
      <Field
        label={t('new-machine:review.name')}
        htmlFor={`${id}-name`}
        hint={t('new-machine:review.nameHint')}
        findings={findingsOf(form.findings, 'name')}
      >
        <TextInput
          id={`${id}-name`}
          value={form.plan.name}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          error={findingsOf(form.findings, 'name').some((finding) => finding.level === 'error')}
          onChange={(event) => edit({ name: event.currentTarget.value })}
          onBlur={plan.leaveName}
        />
      </Field>
    </>
  )
}
