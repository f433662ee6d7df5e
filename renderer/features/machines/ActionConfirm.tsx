import { useTranslation } from 'react-i18next'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { answerAsked } from './actions.tsx'
import { useAsked } from './pending.ts'

/** The question before force off and the like: what is lost, in plain words. Pages with actions show it once. */
export function ActionConfirm() {
  const { t } = useTranslation()
  const asked = useAsked()
  if (!asked) return null
  const { action, domain } = asked
  return (
    <ConfirmDialog
      opened
      title={t(`machines:confirm.${action}.title`, { name: displayName(domain) })}
      confirm={t(`machines:confirm.${action}.do`)}
      danger={action !== 'shutdown'}
      onConfirm={() => answerAsked(true)}
      onCancel={() => answerAsked(false)}
    >
      {t(`machines:confirm.${action}.text`)}
    </ConfirmDialog>
  )
}
