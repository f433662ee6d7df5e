import { Switch, Tabs } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import type { FirstStart as Told, FirstStartDocuments, FirstStartForm } from '../../../shared/model/first-start.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { Field } from './Field.tsx'
import { FirstStartDocumentFields } from './FirstStartDocumentFields.tsx'
import { FirstStartFormFields } from './FirstStartFormFields.tsx'
import { emptyDocuments, emptyForm, findingsOfImage } from './first-start.ts'
import type { PlanForm } from './form.ts'
import classes from './first-start.module.css'

interface Props {
  readonly form: PlanForm
  readonly edit: (patch: Partial<MachinePlan>) => void
}

/** Both ways of telling, so that each keeps what was typed while the other is looked at. */
function useTold({ form, edit }: Props) {
  const person = useAppStore((state) => state.info?.user ?? '')
  const told = form.plan.firstStart
  const [typed, setForm] = useState<FirstStartForm>(() => (told?.kind === 'form' ? told : emptyForm(person)))
  const [documents, setDocuments] = useState<FirstStartDocuments>(() => (told?.kind === 'documents' ? told : emptyDocuments))
  const [way, setWay] = useState<Told['kind']>(told?.kind ?? 'form')
  const tell = (next: Told): void => {
    if (next.kind === 'form') setForm(next)
    else setDocuments(next)
    edit({ firstStart: next })
  }
  const choose = (next: Told['kind']): void => {
    setWay(next)
    edit({ firstStart: next === 'form' ? typed : documents })
  }
  const use = (on: boolean): void => edit({ firstStart: on ? (way === 'form' ? typed : documents) : null })
  return { told, form: typed, documents, way, tell, choose, use }
}

/** What a machine from a disk image is told at its first start: folded until it is asked for. */
export function FirstStart(props: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { told, form, documents, way, tell, choose, use } = useTold(props)
  const { plan, findings } = props.form
  if (plan.mediaKind !== 'disk') return null
  return (
    <>
      <Field label={t('first-start:label')} htmlFor={id} hint={t('first-start:hint')} findings={findingsOfImage(findings)}>
        <Switch
          id={id}
          py={7}
          label={t('first-start:use')}
          checked={told !== null}
          aria-expanded={told !== null}
          aria-controls={`${id}-fields`}
          onChange={(event) => use(event.currentTarget.checked)}
        />
      </Field>
      <div id={`${id}-fields`} className={classes.fields} hidden={told === null}>
        {told !== null && (
          <Tabs value={way} onChange={(value) => choose(value === 'documents' ? 'documents' : 'form')} keepMounted={false}>
            <Tabs.List aria-label={t('first-start:ways')}>
              <Tabs.Tab value="form">{t('first-start:form')}</Tabs.Tab>
              <Tabs.Tab value="documents">{t('first-start:documents')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form" className={classes.panel}>
              <FirstStartFormFields told={form} findings={findings} machineName={plan.name} onChange={tell} />
            </Tabs.Panel>
            <Tabs.Panel value="documents" className={classes.panel}>
              <FirstStartDocumentFields told={documents} findings={findings} onChange={tell} />
            </Tabs.Panel>
          </Tabs>
        )}
      </div>
    </>
  )
}
