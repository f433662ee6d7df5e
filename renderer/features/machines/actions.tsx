/** Doing something to a machine: asks first where that is wished, says what is on its way, watches whether the guest obeys. */
import { Button, Stack, Text } from '@mantine/core'
import i18next from 'i18next'
import { call } from '../../api/client.ts'
import { appStore, domainKey, openDialog } from '../../stores/app-store.ts'
import { hideNotice, showError, showNotice } from '../../ui/notices.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, isActive, whyNot, type MachineAction } from '../../../shared/model/domain-rules.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { mayBegin, pendingStore, setPending, settled, type Asked } from './pending.ts'

/** A guest that has not shut down after this long has not obeyed. */
export const obeyMilliseconds = 30_000
/** After an answer the machine's new state comes with an event within this time, or not at all. */
const followMilliseconds = 5_000

/** Whether the person wants to be asked before this; discarding a saved state always asks. */
export function asksFirst(action: MachineAction, confirm: Settings['confirm']): action is Asked['action'] {
  switch (action) {
    case 'destroy':
      return confirm.forceOff
    case 'reset':
      return confirm.forceReset
    case 'shutdown':
      return confirm.shutdown
    case 'discard-save':
      return true
    default:
      return false
  }
}

const requestOf = {
  start: 'domain.start',
  suspend: 'domain.suspend',
  resume: 'domain.resume',
  shutdown: 'domain.shutdown',
  reboot: 'domain.reboot',
  destroy: 'domain.destroy',
  reset: 'domain.reset',
  'discard-save': 'domain.discard-save',
} as const

const current = (key: string): DomainSummary | undefined => appStore.getState().domains[key]

/** Does what a button or menu entry says: asks first where that is wished, opens the dialog of deletion, else runs it. */
export function beginAction(action: MachineAction, domain: DomainSummary): void {
  const key = domainKey(domain.connection, domain.uuid)
  const now = current(key) ?? domain
  if (whyNot(action, now) !== null || !mayBegin(action, pendingStore.getState().pending[key] ?? null)) return
  if (action === 'delete') {
    openDialog({ kind: 'delete-machine', connection: domain.connection, uuid: domain.uuid })
    return
  }
  if (asksFirst(action, appStore.getState().settings.confirm)) {
    pendingStore.setState({ asked: { action, domain: now } })
    return
  }
  void runAction(action, now)
}

/** The answer to a question that beginAction asked. */
export function answerAsked(yes: boolean): void {
  const { asked } = pendingStore.getState()
  pendingStore.setState({ asked: null })
  if (yes && asked) void runAction(asked.action, asked.domain)
}

/**
 * Runs an action without asking; a second click while it runs does nothing. Errors are shown as notices; answers whether
 * the host has done its part.
 */
export async function runAction(action: Exclude<MachineAction, 'delete'>, domain: DomainSummary): Promise<boolean> {
  const key = domainKey(domain.connection, domain.uuid)
  if (!mayBegin(action, pendingStore.getState().pending[key] ?? null)) return false
  const ref = { connection: domain.connection, uuid: domain.uuid }
  setPending(key, { action, phase: 'calling' })
  try {
    if (action === 'managedsave') {
      await watchJob(key, (await call('domain.save', ref)).job)
      return true
    }
    await call(requestOf[action], ref)
  } catch (error) {
    setPending(key, null)
    const again = (): void => void runAction(action, current(key) ?? domain)
    showError(error, action === 'start' ? { onRetry: again } : {})
    return false
  }
  follow(key, action)
  return true
}

/** Keeps the action as pending until the machine's state follows, or for as long as that can take. */
function follow(key: string, action: MachineAction): void {
  if (settled(action, current(key))) {
    setPending(key, null)
    return
  }
  setPending(key, { action, phase: 'waiting' })
  const isMine = (): boolean => {
    const pending = pendingStore.getState().pending[key]
    return pending?.action === action && pending.phase === 'waiting'
  }
  const finish = (): void => {
    clearTimeout(timer)
    unsubscribe()
    if (isMine()) setPending(key, null)
  }
  const unsubscribe = appStore.subscribe((state) => {
    if (settled(action, state.domains[key])) finish()
  })
  const timer = setTimeout(
    () => {
      const still = current(key)
      finish()
      if (action === 'shutdown' && still && isActive(still)) sayNotObeyed(key, still)
    },
    action === 'shutdown' ? obeyMilliseconds : followMilliseconds,
  )
}

/** Saving takes long: pending until its job has ended, which shows its own progress and error. */
function watchJob(key: string, id: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const job = appStore.getState().jobs.find((one) => one.id === id)
      if (!job || job.state === 'running') return false
      if (job.state === 'failed' && job.error) showError(job.error)
      setPending(key, null)
      resolve()
      return true
    }
    if (look()) return
    let seen = false
    const unsubscribe = appStore.subscribe((state) => {
      const listed = state.jobs.some((one) => one.id === id)
      if (look()) unsubscribe()
      else if (seen && !listed) {
        unsubscribe()
        setPending(key, null)
        resolve()
      }
      seen ||= listed
    })
  })
}

/** The guest has not shut down: says so, and offers force off in words. Goes by itself when it ends after all. */
function sayNotObeyed(key: string, domain: DomainSummary): void {
  const id = `not-obeyed:${key}`
  const name = displayName(domain)
  hideNotice(id)
  const unsubscribe = appStore.subscribe((state) => {
    const still = state.domains[key]
    if (still && isActive(still)) return
    unsubscribe()
    hideNotice(id)
  })
  const force = (): void => {
    hideNotice(id)
    const still = current(key)
    if (still) void runAction('destroy', still)
  }
  const words = (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{i18next.t('machines:notice.notObeyedText')}</Text>
      <Button color="red" variant="light" size="xs" onClick={force}>
        {i18next.t('machines:action.destroy')}
      </Button>
    </Stack>
  )
  showNotice(i18next.t('machines:notice.notObeyed', { name, seconds: obeyMilliseconds / 1000 }), words, {
    id,
    stay: true,
  })
}
