import { Text } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import type { DomainConfig, DomainDetails } from '../../../../shared/model/domain.ts'
import {
  canSave, cpusEffect, leastMemoryKiB, memoryEffect, startEffect, type EditEffect, type EditFinding, type EditLimits, type MachineEdit,
} from '../../../../shared/model/machine-edit.ts'
import { CountInput } from '../../../ui/CountInput.tsx'
import { FindingList } from '../../../ui/FindingList.tsx'
import { formatKiB, formatNumber } from '../../../ui/format.ts'
import { SizeInput } from '../../../ui/SizeInput.tsx'
import { Effect, EditForm } from './EditForm.tsx'
import { changedSizes, sizesOf, withCount, withKib, withMax, withMaxKib, type Sizes } from './sizes.ts'
import { useEditLimits, useFindings, useSaveEdit } from './use-edit.ts'
import classes from './edit.module.css'

interface Props {
  readonly details: DomainDetails
  /** What the next start has. */
  readonly config: DomainConfig
  readonly onChanged: (details: DomainDetails) => void
  readonly onClose: () => void
}

/** Processors and memory, each with the most that the machine can have while it runs. */
export function SizesDialog(props: Props) {
  const limits = useEditLimits(props.details)
  // their ends are the host's: without them what is typed would be cut to what the machine has
  return limits === undefined ? null : <SizesForm {...props} limits={limits} />
}

function SizesForm({ details, config, limits, onChanged, onClose }: Props & { readonly limits: EditLimits | null }) {
  const { t } = useTranslation()
  const [sizes, setSizes] = useState<Sizes>(() => sizesOf(config))
  const edit = changedSizes(sizes, config)
  const findings = useFindings(details, edit, limits)
  const { busy, error, save } = useSaveEdit(details, onChanged)
  const nothing = edit.memory === undefined && edit.vcpus === undefined
  const submit = async (): Promise<void> => {
    if (nothing || (await save(edit))) onClose()
  }
  return (
    <EditForm
      title={t('machine:edit.sizesTitle', { name: displayName(details) })}
      busy={busy}
      error={error}
      disabled={!canSave(findings)}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <CpuRows details={details} config={config} sizes={sizes} limits={limits} findings={findings} onChange={setSizes} />
      <MemoryRows details={details} config={config} sizes={sizes} limits={limits} findings={findings} onChange={setSizes} />
    </EditForm>
  )
}

interface RowsProps extends Pick<Props, 'details' | 'config'> {
  readonly sizes: Sizes
  readonly limits: EditLimits | null
  readonly findings: readonly EditFinding[]
  readonly onChange: (sizes: Sizes) => void
}

const remarks = (findings: readonly EditFinding[], field: keyof MachineEdit): readonly EditFinding[] => findings.filter((one) => one.field === field)

function CpuRows({ details, config, sizes, limits, findings, onChange }: RowsProps) {
  const { t } = useTranslation()
  const most = Math.max(limits?.cpus ?? sizes.max, config.maxVcpus)
  const topology = config.cpu.topology !== null && sizes.max !== config.maxVcpus
  return (
    <>
      <Row label={t('machine:edit.cpus')} effect={cpusEffect(details, sizes)} findings={remarks(findings, 'vcpus')}>
        {(id) => <CountInput id={id} label={t('machine:edit.cpus')} value={sizes.count} min={1} max={most} onChange={(count) => onChange(withCount(sizes, count))} />}
      </Row>
      <Row
        label={t('machine:edit.maxCpus')}
        hint={[t('machine:edit.maxCpusHint'), limits?.cpus ? t('machine:edit.hostCpus', { cpus: formatNumber(limits.cpus) }) : '', topology ? t('machine:edit.topology') : '']}
        effect={startEffect(details)}
      >
        {(id) => <CountInput id={id} label={t('machine:edit.maxCpus')} value={sizes.max} min={1} max={most} onChange={(max) => onChange(withMax(sizes, max))} />}
      </Row>
    </>
  )
}

function MemoryRows({ details, config, sizes, limits, findings, onChange }: RowsProps) {
  const { t } = useTranslation()
  const least = Math.min(leastMemoryKiB, config.memoryKiB) * 1024
  const most = Math.max(limits?.memoryKiB ?? 0, config.maxMemoryKiB) * 1024
  const free = limits?.freeMemoryKiB ?? null
  const size = (kib: number, label: string, change: (kib: number) => Sizes) => (id: string) => (
    <SizeInput
      id={id}
      label={label}
      value={kib * 1024}
      min={least}
      max={most}
      unit="MiB"
      disabled={(limits?.memoryDivided ?? false) && label === t('machine:edit.maxMemory')}
      onChange={(bytes) => onChange(change(Math.round(bytes / 1024)))}
    />
  )
  return (
    <>
      <Row
        label={t('machine:edit.memory')}
        hint={[free === null ? '' : t('machine:edit.memoryFree', { free: formatKiB(free) })]}
        effect={memoryEffect(details, sizes)}
        findings={remarks(findings, 'memory')}
      >
        {size(sizes.kib, t('machine:edit.memory'), (kib) => withKib(sizes, kib))}
      </Row>
      <Row
        label={t('machine:edit.maxMemory')}
        hint={[limits?.memoryDivided ? t('findings:memory-divided') : t('machine:edit.maxMemoryHint')]}
        effect={startEffect(details)}
      >
        {size(sizes.maxKib, t('machine:edit.maxMemory'), (kib) => withMaxKib(sizes, kib))}
      </Row>
    </>
  )
}

interface RowProps {
  readonly label: string
  readonly hint?: readonly string[]
  readonly effect: EditEffect
  readonly findings?: readonly EditFinding[]
  /** The control; its field gets this id. */
  readonly children: (id: string) => ReactNode
}

function Row({ label, hint = [], effect, findings = [], children }: RowProps) {
  const id = useId()
  const words = hint.filter((word) => word !== '').join(' ')
  return (
    <div className={classes.row}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <div>
        {children(id)}
        {words !== '' && (
          <Text component="p" size="xs" className={classes.hint}>
            {words}
          </Text>
        )}
        <Effect effect={effect} />
        {findings.length > 0 && <FindingList findings={findings} />}
      </div>
    </div>
  )
}
