import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IdentityFields } from './IdentityFields.tsx'
import { CommandsFold } from './CommandsFold.tsx'
import { FirstStart } from './FirstStart.tsx'
import { ResourceFields, RunFields } from './MachineFields.tsx'
import { StorageFields } from './StorageFields.tsx'
import type { PlanForm } from './form.ts'
import type { PlanState } from './use-plan.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly form: PlanForm
  readonly plan: PlanState
}

/** The second page: everything filled in, everything changeable, remarks under their fields. */
export function ReviewPage({ form, plan }: Props) {
  const { t } = useTranslation()
  const { edit } = plan
  return (
    <div className={classes.review}>
      <IdentityFields form={form} plan={plan} />
      <ResourceFields form={form} edit={edit} />
      <StorageFields form={form} edit={edit} />
      <RunFields form={form} edit={edit} />
      <FirstStart form={form} edit={edit} />
      <div className={classes.row}>
        <span />
        <Checkbox
          label={t('new-machine:review.openConsole')}
          checked={form.plan.openConsole}
          onChange={(event) => edit({ openConsole: event.currentTarget.checked })}
        />
      </div>
      <CommandsFold plan={form.plan} />
    </div>
  )
}
