import { useTranslation } from 'react-i18next'
import { showDone, showError } from './notices.tsx'
import { uiServices } from './services.ts'

/** Copies a text from a menu, which closes: a notice says that it was copied, or what kept it from being so. */
export function useCopyText(): (text: string) => Promise<void> {
  const { t } = useTranslation()
  return async (text) => {
    try {
      await uiServices().writeClipboard(text)
      showDone(t('copied'))
    } catch (error) {
      showError(error)
    }
  }
}
