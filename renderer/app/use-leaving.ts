import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isActive } from '../../shared/model/domain-rules.ts'
import { menuSections, type MenuAction } from '../../shared/model/menu.ts'
import { call, on } from '../api/client.ts'
import { appStore, openDialog, useAppStore } from '../stores/app-store.ts'
import { showNotice } from '../ui/notices.tsx'
import { runAction } from './actions.ts'

const isAction = (item: string): item is MenuAction =>
  item !== 'separator' && menuSections.some((section) => section.items.some((one) => one === item))

/** A browser asks by itself, in its own words, whether to leave: only while work runs that leaving might break. */
function guardLeaving(event: BeforeUnloadEvent): void {
  const { jobs, info } = appStore.getState()
  if (info && !info.nativeDialogs && jobs.some((job) => job.state === 'running')) event.preventDefault()
}

/** What the host says about closing and its native menu, and the one notice that machines go on running. */
export function useLeaving(): void {
  const { t } = useTranslation()
  const running = useAppStore((state) => Object.values(state.domains).some(isActive))
  const shown = useAppStore((state) => state.info === null || state.settings.closingNoticeShown)
  useEffect(() => {
    const stopClosing = on('app.closing', (closing) => openDialog({ kind: 'closing', ...closing }))
    const stopMenu = on('app.menu', ({ item }) => isAction(item) && runAction(item))
    window.addEventListener('beforeunload', guardLeaving)
    return () => {
      stopClosing()
      stopMenu()
      window.removeEventListener('beforeunload', guardLeaving)
    }
  }, [])
  useEffect(() => {
    if (!running || shown) return
    showNotice(t('app:closing.notice'), t('app:closing.noticeText'), { stay: true, id: 'closing' })
    void call('settings.update', { closingNoticeShown: true }).catch(() => undefined)
  }, [running, shown, t])
}
