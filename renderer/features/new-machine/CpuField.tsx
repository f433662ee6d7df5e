import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CountInput } from '../../ui/CountInput.tsx'
import { formatNumber } from '../../ui/format.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

/** How many processors it has, by slider or typed, never more than the host's. */
export function CpuField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { min, max } = form.proposal.limits.vcpus
  return (
    <Field
      label={t('new-machine:review.cpus')}
      htmlFor={id}
      hint={t('new-machine:review.cpusRange', { min: formatNumber(min), max: formatNumber(max) })}
      findings={findingsOf(form.findings, 'vcpus')}
    >
      <CountInput id={id} label={t('new-machine:review.cpus')} value={form.plan.vcpus} min={min} max={max} onChange={(vcpus) => edit({ vcpus })} />
    </Field>
  )
}
