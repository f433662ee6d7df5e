import { Button, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { showError } from '../../ui/notices.tsx'
import { pickFile } from '../../ui/pick-file.ts'
import type { FirstStartDocument, FirstStartDocuments } from '../../../shared/model/first-start.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { FindingList } from '../../ui/FindingList.tsx'
import { NumberedText } from './FirstStartText.tsx'
import { faultyLine, findingsOfDocument } from './first-start.ts'
import classes from './first-start.module.css'

interface Props {
  readonly told: FirstStartDocuments
  readonly findings: readonly PlanFinding[]
  readonly onChange: (told: FirstStartDocuments) => void
}

interface DocumentProps extends Props {
  readonly document: FirstStartDocument
  readonly field: 'userData' | 'metaData' | 'networkConfig'
  readonly rows: number
  readonly hint?: string
}

/** One document: typed, pasted or taken from a file. */
function Document({ told, findings, onChange, document, field, rows, hint }: DocumentProps) {
  const { t } = useTranslation()
  const id = useId()
  const own = findingsOfDocument(findings, document)
  const load = async (): Promise<void> => {
    const path = await pickFile({ purpose: 'text' })
    if (path === null) return
    try {
      onChange({ ...told, [field]: (await call('first-start.read', { path })).text })
    } catch (error) {
      showError(error)
    }
  }
  const described = [...(hint ? [`${id}-hint`] : []), ...(own.length > 0 ? [`${id}-findings`] : [])].join(' ')
  return (
    <div className={classes.document}>
      <div className={classes.head}>
        <label htmlFor={id}>{t(`first-start:${field}`)}</label>
        <Button variant="subtle" size="compact-xs" aria-label={t('first-start:fromFileFor', { document })} onClick={() => void load()}>
          {t('first-start:fromFile')}
        </Button>
      </div>
      <NumberedText
        id={id}
        describedBy={described}
        value={told[field]}
        rows={rows}
        faultyLine={faultyLine(own)}
        onChange={(text) => onChange({ ...told, [field]: text })}
      />
      {hint && (
        <Text size="xs" className={classes.hint} id={`${id}-hint`}>
          {hint}
        </Text>
      )}
      {own.length > 0 && <FindingList findings={own} id={`${id}-findings`} />}
    </div>
  )
}

/** The documents of NoCloud as they are, for whom the form is not enough. */
export function FirstStartDocumentFields(props: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Document {...props} document="user-data" field="userData" rows={10} />
      <Document {...props} document="meta-data" field="metaData" rows={3} hint={t('first-start:metaDataHint')} />
      <Document {...props} document="network-config" field="networkConfig" rows={3} hint={t('first-start:networkConfigHint')} />
    </>
  )
}
