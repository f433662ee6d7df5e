import { Select } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../stores/app-store.ts'
import { formatKiB } from '../../ui/format.ts'
import { isReferable } from '../../../shared/model/network-rules.ts'
import type { Acceleration, MachinePlan } from '../../../shared/model/plan.ts'
import { CpuField } from './CpuField.tsx'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
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

const networkValue = (network: MachinePlan['network']): string =>
  network.kind === 'network' ? `network:${network.name}` : network.kind

function networkOf(value: string): MachinePlan['network'] {
  if (value.startsWith('network:')) return { kind: 'network', name: value.slice('network:'.length) }
  return { kind: value === 'none' ? 'none' : 'user' }
}

function networkWords(name: string, active: boolean): 'networkNamed' | 'networkInactive' | 'networkUnusable' {
  if (!isReferable(name)) return 'networkUnusable'
  return active ? 'networkNamed' : 'networkInactive'
}

/** What it is connected to; user mode says what it can and cannot do. */
function NetworkField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const session = useConnection(form.plan.connection)?.kind === 'session'
  const { networks } = form.proposal
  const user =
    session && networks.length === 0 ? t('new-machine:review.networkUserOnly') : t('new-machine:review.networkUser')
  const named = networks.map(({ name, active }) => ({
    value: `network:${name}`,
    label: t(`new-machine:review.${networkWords(name, active)}`, { name }),
    disabled: !isReferable(name),
  }))
  const data = [...named, { value: 'user', label: user }, { value: 'none', label: t('new-machine:review.networkNone') }]
  return (
    <Field
      label={t('new-machine:review.network')}
      htmlFor={id}
      hint={form.plan.network.kind === 'user' ? t('new-machine:review.networkUserNote') : null}
      findings={findingsOf(form.findings, 'network')}
    >
      <Select
        id={id}
        value={networkValue(form.plan.network)}
        allowDeselect={false}
        data={data}
        onChange={(value) => value !== null && edit({ network: networkOf(value) })}
      />
    </Field>
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
