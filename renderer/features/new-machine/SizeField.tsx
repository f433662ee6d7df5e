import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { formatBytes } from '../../ui/format.ts'
import { SizeInput } from '../../ui/SizeInput.tsx'
import { Field } from './Field.tsx'

interface Props {
  readonly label: string
  /** Bytes. */
  readonly value: number
  readonly min: number
  readonly max: number
  /** What a number without a unit counts in. */
  readonly unit: 'MiB' | 'GiB'
  /** Said after the ends of the range. */
  readonly hint?: string
  readonly findings: readonly PlanFinding[]
  readonly onChange: (bytes: number) => void
}

/** A size of the new machine, with the ends of its range. */
export function SizeField({ label, min, max, hint, findings, ...input }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const ends = t('new-machine:review.sizeRange', { min: formatBytes(min), max: formatBytes(max) })
  return (
    <Field label={label} htmlFor={id} hint={[ends, hint].filter(Boolean).join(' · ')} findings={findings}>
      <SizeInput id={id} label={label} min={min} max={max} {...input} />
    </Field>
  )
}
