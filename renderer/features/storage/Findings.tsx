import { IconAlertTriangle, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StorageFinding } from '../../../shared/model/storage.ts'
import { anyKey } from '../../ui/any-key.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes } from '../../ui/format.ts'
import classes from './storage.module.css'

const symbols = { error: IconExclamationCircle, warning: IconAlertTriangle, note: IconInfoCircle }

/** Parameters whose names end in "Bytes" are sizes. */
function readable(params: StorageFinding['params']): Record<string, string | number> {
  const text = (key: string, value: string | number) =>
    typeof value === 'number' && key.endsWith('Bytes') ? formatBytes(value) : value
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, text(key, value)]))
}

/** Remarks on a field, read out as they come; each says its gravity in a word too. */
export function Findings({ findings }: { readonly findings: readonly StorageFinding[] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.findings} aria-live="polite">
      {findings.map((finding) => {
        const Symbol = symbols[finding.level]
        return (
          <li key={finding.code} data-level={finding.level} className={classes.finding}>
            <Symbol size={14} aria-label={t(`new-machine:finding.${finding.level}`)} role="img" />
            <span>{t(anyKey(`findings:${finding.code}`), readable(finding.params))}</span>
            {typeof finding.params['command'] === 'string' && (
              <CopyButton compact text={finding.params['command']} label={t('copyCommand')} />
            )}
          </li>
        )
      })}
    </ul>
  )
}
