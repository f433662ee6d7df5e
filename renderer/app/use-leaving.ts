import { useEffect } from 'react'
import { menuSections, type MenuAction } from '../../shared/model/menu.ts'
import { on } from '../api/client.ts'
import { followJobs } from '../features/jobs/index.ts'
import { appStore, openDialog } from '../stores/app-store.ts'
import { runAction } from './actions.ts'

const isAction = (item: string): item is MenuAction =>
  item !== 'separator' && menuSections.some((section) => section.items.some((one) => one === item))

/** A browser asks by itself, in its own words, whether to leave: only while work runs that leaving might break. */
function guardLeaving(event: BeforeUnloadEvent): void {
  const { jobs, info } = appStore.getState()
  if (info && !info.nativeDialogs && jobs.some((job) => job.state === 'running' && job.hold !== 'paused')) event.preventDefault()
}

/** What the host says about closing, its native menu, and work that has ended. */
export function useLeaving(): void {
  useEffect(() => {
    const stopClosing = on('app.closing', (closing) => openDialog({ kind: 'closing', ...closing }))
    const stopMenu = on('app.menu', ({ item }) => isAction(item) && runAction(item))
    const stopFollowing = followJobs()
    window.addEventListener('beforeunload', guardLeaving)
    return () => {
      stopClosing()
      stopMenu()
      stopFollowing()
      window.removeEventListener('beforeunload', guardLeaving)
    }
  }, [])
}
