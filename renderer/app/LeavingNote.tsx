import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isActive } from '../../shared/model/domain-rules.ts'
import { call } from '../api/client.ts'
import { useAppStore } from '../stores/app-store.ts'
import { showError } from '../ui/notices.tsx'
import classes from './shell.module.css'

/**
 * That machines go on running when Vivero is closed, said once. A browser lets no page say anything of its own when it
 * is closed, so there it stands at the foot of the sidebar from the first running machine until it is dismissed; the
 * app's own window says it when it is closed (ClosingDialog).
 */
export function LeavingNote() {
  const { t } = useTranslation()
  const running = useAppStore((state) => Object.values(state.domains).some(isActive))
  const told = useAppStore(({ info, settings }) => info === null || info.nativeDialogs || settings.closingNoticeShown)
  if (!running || told) return null
  const dismiss = (): void => void call('settings.update', { closingNoticeShown: true }).catch(showError)
  return (
    <div className={classes.leaving} role="note">
      <span>{t('app:closing.note')}</span>
      <CloseButton size="sm" aria-label={t('app:closing.understood')} onClick={dismiss} />
    </div>
  )
}
