import { SegmentedControl, Select } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import { formatBytes } from '../../ui/format.ts'
import { pickFile } from '../../ui/pick-file.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { storesFiles } from '../../../shared/model/plan-rules.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import { SizeField } from './SizeField.tsx'
import { withTilde } from './sources.ts'
import { defaultPool, targetChoices, targetOf, targetValue } from './targets.ts'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

function DiskField({ form, edit }: Props) {
  const { t } = useTranslation()
  const range = form.proposal.limits.diskBytes
  const { diskBytes, target, createDefaultPool } = form.plan
  if (diskBytes === null || !range) return null
  const pool =
    target.kind === 'pool' && !createDefaultPool
      ? form.proposal.pools.find((one) => one.name === target.pool)
      : undefined
  const hints = [
    t('new-machine:review.diskHint'),
    pool?.active ? t('new-machine:review.diskFree', { free: formatBytes(pool.availableBytes), pool: pool.name }) : '',
  ]
  return (
    <SizeField
      label={t('new-machine:review.disk')}
      value={diskBytes}
      min={range.min}
      max={range.max}
      unit="GiB"
      hint={hints.filter(Boolean).join(' · ')}
      findings={findingsOf(form.findings, 'diskBytes')}
      onChange={(bytes) => edit({ diskBytes: bytes })}
    />
  )
}

/** What becomes of the file, in a sentence or two. */
function hintOf(t: TFunction, { plan, proposal }: PlanForm, session: boolean): string {
  if (plan.imageUse === 'overlay') return session ? t('new-machine:review.overlayHint') : t('new-machine:review.overlayBaseHint')
  if (plan.imageUse === 'copy') return t('new-machine:review.copyHint')
  if (plan.mediaKind === 'iso') return t('new-machine:review.isoInPlaceHint')
  const size = proposal.media.virtualSizeBytes
  const kept = size === null ? '' : t('new-machine:review.diskInPlace', { size: formatBytes(size) })
  return [t('new-machine:review.inPlaceHint'), kept].filter(Boolean).join(' ')
}

/** A disk image: used where it lies, or copied first; one of the library is built on, or copied. An ISO asks only where something is to be said about it. */
function ImageUse({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { imageUse, mediaKind, target } = form.plan
  const findings = findingsOf(form.findings, 'imageUse')
  const session = useConnection(form.plan.connection)?.kind === 'session'
  if (imageUse === null && findings.length === 0) return null
  const library = mediaKind === 'disk' && form.proposal.media.origin === 'library'
  const first = library
    ? { value: 'overlay', label: t('new-machine:review.overlay') }
    : { value: 'in-place', label: t('new-machine:review.inPlace') }
  return (
    <Field
      label={mediaKind === 'iso' ? t('new-machine:review.isoUse') : t('new-machine:review.imageUse')}
      labelId={`${id}-label`}
      hint={hintOf(t, form, session)}
      findings={findings}
    >
      <SegmentedControl
        aria-labelledby={`${id}-label`}
        fullWidth
        value={imageUse ?? 'in-place'}
        data={[
          first,
          {
            value: 'copy',
            label:
              target.kind === 'pool'
                ? t('new-machine:review.copyInto', { pool: target.pool })
                : t('new-machine:review.copy'),
          },
        ]}
        onChange={(value) => edit({ imageUse: value === 'copy' ? 'copy' : library ? 'overlay' : 'in-place' })}
      />
    </Field>
  )
}

const other = 'other'

/** Where the new disk lies: a pool, the default pool that is made for it, or a folder that is in no pool. */
function TargetField({ form, edit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const home = useAppStore((state) => state.info?.home ?? '')
  const { plan, proposal } = form
  const data = targetChoices(form).map((choice) => {
    if (choice.kind === 'new-default')
      return {
        value: choice.value,
        label: t('new-machine:review.targetDefault', { path: withTilde(choice.path, home) }),
      }
    if (choice.kind === 'folder')
      return {
        value: choice.value,
        label: t('new-machine:review.targetFolder', { path: withTilde(choice.path, home) }),
      }
    const label = choice.active
      ? t('new-machine:review.targetPool', { pool: choice.name, path: withTilde(choice.path, home) })
      : t('new-machine:review.targetInactive', { pool: choice.name })
    return { value: choice.value, label }
  })
  const choose = async (value: string): Promise<void> => {
    if (value !== other) {
      edit(targetOf(value))
      return
    }
    const path = await pickFile({ purpose: 'folder', start: home })
    if (path !== null) edit({ target: { kind: 'folder', path }, createDefaultPool: false })
  }
  return (
    <Field
      label={t('new-machine:review.target')}
      htmlFor={id}
      hint={
        plan.createDefaultPool && proposal.pools.every((pool) => pool.name !== defaultPool)
          ? t('new-machine:review.targetDefaultHint')
          : null
      }
      findings={findingsOf(form.findings, 'target')}
    >
      <Select
        id={id}
        value={targetValue(plan)}
        allowDeselect={false}
        data={[...data, { value: other, label: t('new-machine:review.targetOther') }]}
        onChange={(value) => value !== null && void choose(value)}
      />
    </Field>
  )
}

/** What of it is kept on disk, and where. */
export function StorageFields({ form, edit }: Props) {
  const kind = useConnection(form.plan.connection)?.kind ?? 'session'
  const stores = storesFiles(form.plan, kind)
  return (
    <>
      <ImageUse form={form} edit={edit} />
      <DiskField form={form} edit={edit} />
      {stores && <TargetField form={form} edit={edit} />}
    </>
  )
}
