import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './CopyButton.tsx'
import { findingText, type MessageParams } from './message-text.ts'
import classes from './finding-list.module.css'

const symbols = { error: IconExclamationCircle, warning: IconAlertTriangle, note: IconInfoCircle }

interface Finding {
  readonly field: string
  readonly level: keyof typeof symbols
  readonly code: string
  readonly params: MessageParams
}

interface Props {
  readonly findings: readonly Finding[]
  readonly id?: string | undefined
}

/** Remarks on a field, read out as they come; each says its gravity in a word too. */
export function FindingList({ findings, id }: Props) {
  const { t } = useTranslation()
  return (
    <ul className={classes.findings} id={id} aria-live="polite">
      {findings.map((finding) => {
        const Symbol = symbols[finding.level]
        return (
          <li
            key={`${finding.field}:${finding.code}`}
            data-level={finding.level}
            data-code={finding.code}
            className={classes.finding}
          >
            <Symbol size={14} aria-label={t(`common:finding.${finding.level}`)} role="img" />
            <span>{findingText(t, finding)}</span>
            {typeof finding.params['command'] === 'string' && (
              <CopyButton compact text={finding.params['command']} label={t('copyCommand')} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
