import { Select } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatKiB } from '../../ui/format.ts'
import type { Acceleration, MachinePlan } from '../../../shared/model/plan.ts'
import { CpuField } from './CpuField.tsx'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import { NetworkField } from './NetworkField.tsx'
import { SizeField } from './SizeField.tsx'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

function MemoryField({ form, edit }: Props) {
  const { t } = useTranslation()
  const { limits, freeMemoryKiB } = form.proposal
  const range = limits.memoryKiB
  const hints = [
    range.recommended === null ? '' : t('new-machine:review.memoryHint', { recommended: formatKiB(range.recommended) }),
    freeMemoryKiB === null ? '' : t('new-machine:review.memoryFree', { free: formatKiB(freeMemoryKiB) }),
  ]
  return (
    <SizeField
      label={t('new-machine:review.memory')}
      value={form.plan.memoryKiB * 1024}
      min={range.min * 1024}
      max={range.max * 1024}
      unit="MiB"
      hint={hints.filter(Boolean).join(' · ')}
      findings={findingsOf(form.findings, 'memoryKiB')}
      onChange={(bytes) => edit({ memoryKiB: Math.round(bytes / 1024) })}
    />
  )
}

function AccelerationField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { kvm } = form.proposal
  const software = t('new-machine:review.accelerationTcg')
  const data = [
    {
      value: 'auto',
      label: t('new-machine:review.accelerationAuto', {
        what: kvm ? t('new-machine:review.accelerationKvm') : software,
      }),
    },
    {
      value: 'kvm',
      label: kvm ? t('new-machine:review.accelerationKvm') : t('new-machine:review.accelerationNoKvm'),
      disabled: !kvm,
    },
    { value: 'tcg', label: software },
  ]
  return (
    <Field
      label={t('new-machine:review.acceleration')}
      htmlFor={id}
      hint={kvm && form.plan.acceleration === 'tcg' ? t('new-machine:review.accelerationSlow') : null}
      findings={findingsOf(form.findings, 'acceleration')}
    >
      <Select
        id={id}
        value={form.plan.acceleration}
        allowDeselect={false}
        data={data}
        onChange={(value) => value !== null && edit({ acceleration: value as Acceleration })}
      />
    </Field>
  )
}

function FirmwareField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { uefi } = form.proposal
  const data = [
    { value: 'bios', label: t('new-machine:review.bios') },
    {
      value: 'uefi',
      label: uefi ? t('new-machine:review.uefi') : t('new-machine:review.uefiMissing'),
      disabled: !uefi,
    },
  ]
  return (
    <Field label={t('new-machine:review.firmware')} htmlFor={id}>
      <Select
        id={id}
        value={form.plan.firmware}
        allowDeselect={false}
        data={data}
        onChange={(value) => value !== null && edit({ firmware: value === 'uefi' ? 'uefi' : 'bios' })}
      />
    </Field>
  )
}

/** What the machine has: memory and processors. */
export function ResourceFields({ form, edit }: Props) {
  return (
    <>
      <MemoryField form={form} edit={edit} />
      <CpuField form={form} edit={edit} />
    </>
  )
}

/** What it is connected to, and how it is run. */
export function RunFields({ form, edit }: Props) {
  return (
    <>
      <NetworkField form={form} edit={edit} />
      <AccelerationField form={form} edit={edit} />
      <FirmwareField form={form} edit={edit} />
    </>
  )
}
