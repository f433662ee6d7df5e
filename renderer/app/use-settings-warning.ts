import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../stores/app-store.ts'
import { showNotice } from '../ui/notices.tsx'

/** Says wherever a person is that the settings could not be read, and where the old ones lie; it stays until it is closed. */
export function useSettingsWarning(): void {
  const { t } = useTranslation()
  const path = useAppStore((state) => state.info?.settingsSetAside ?? null)
  useEffect(() => {
    if (path === null) return
    showNotice(t('settings:setAside'), t('settings:setAsideText', { path }), { id: 'settings-set-aside', stay: true })
  }, [path, t])
}
