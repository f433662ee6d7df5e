import { notifications, notificationsStore } from '@mantine/notifications'
import { pendingStore } from '../../../renderer/features/machines/pending.ts'
import { resetStore } from './host.ts'

/** Everything that a test may have left: the store, what is on its way, the notices. */
export function resetPage(): void {
  resetStore()
  pendingStore.setState({ pending: {}, asked: null })
  notifications.clean()
}

/** Titles of the notices that are shown. */
export function noticeTitles(): readonly unknown[] {
  return notificationsStore.getState().notifications.map((one) => one.title)
}
