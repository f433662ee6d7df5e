import { NumberInput, Slider } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../ui/format.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

/** How many processors it has, by slider or typed, never more than the host's. */
export function CpuField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { min, max } = form.proposal.limits.vcpus
  const value = form.plan.vcpus
  return (
    <Field
      label={t('new-machine:review.cpus')}
      htmlFor={id}
      hint={t('new-machine:review.cpusRange', { min: formatNumber(min), max: formatNumber(max) })}
      findings={findingsOf(form.findings, 'vcpus')}
    >
      <div className={classes.sizes}>
        <Slider
          className={classes.slider}
          value={value}
          min={min}
          max={Math.max(max, min + 1)}
          step={1}
          label={null}
          disabled={max <= min}
          thumbLabel={t('new-machine:review.cpus')}
          onChange={(vcpus) => edit({ vcpus })}
        />
        <NumberInput
          id={id}
          className={classes.number}
          value={value}
          min={min}
          max={max}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          onChange={(next) => typeof next === 'number' && edit({ vcpus: next })}
        />
      </div>
    </Field>
  )
}
