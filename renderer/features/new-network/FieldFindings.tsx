import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkFinding } from '../../../shared/model/network-plan.ts'
import { findingText } from './words.ts'
import classes from './new-network.module.css'

const symbols = { error: IconExclamationCircle, warning: IconAlertTriangle, note: IconInfoCircle }

/** Remarks on a field, read out as they come; each says its gravity in a word too. */
export function FieldFindings({ findings }: { readonly findings: readonly NetworkFinding[] }) {
  const { t } = useTranslation()
  if (findings.length === 0) return null
  return (
    <ul className={classes.findings} aria-live="polite">
      {findings.map((finding) => {
        const Symbol = symbols[finding.level]
        return (
          <li key={`${finding.field}:${finding.code}`} data-level={finding.level} data-code={finding.code} className={classes.finding}>
            <Symbol size={14} aria-label={t(`new-machine:finding.${finding.level}`)} role="img" />
            <span>{findingText(t, finding)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** Those on a field itself. */
export const at = (findings: readonly NetworkFinding[], ...fields: readonly string[]): readonly NetworkFinding[] =>
  findings.filter((one) => fields.includes(one.field))

/** What Mantine's inputs need to show a hint and remarks under them, and to tell screen readers of both. */
export function described(findings: readonly NetworkFinding[], hint: ReactNode = null) {
  const shown = findings.length > 0
  return {
    description:
      shown || hint !== null ? (
        <>
          {hint}
          <FieldFindings findings={findings} />
        </>
      ) : undefined,
    descriptionProps: { component: 'div' as const },
    error: findings.some((one) => one.level === 'error'),
    inputWrapperOrder: ['label', 'input', 'description'] as ('label' | 'input' | 'description')[],
  }
}
