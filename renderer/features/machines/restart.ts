/** Shutting a machine down and starting it again, which is what makes it take its next-start values: a reboot does not. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { appStore, domainKey } from '../../stores/app-store.ts'
import { runAction } from './actions.tsx'
import { mayBegin, pendingStore } from './pending.ts'

/** A guest that has not shut down by then is not started by itself any more: the person has long gone on. */
const patience = 10 * 60_000

/** Machines that are started again once they are off, each with what gives that up. */
const restarts = createStore<{ readonly waiting: Readonly<Record<string, () => void>> }>()(() => ({ waiting: {} }))

export function useRestarting(key: string): boolean {
  return useStore(restarts, (state) => state.waiting[key] !== undefined)
}

/** It stays off, or on, as it is. */
export function giveUpRestart(key: string): void {
  restarts.getState().waiting[key]?.()
}

/** Asks the guest to shut down; when the machine is off, by whatever hand, starts it again. */
export async function restartToApply(domain: DomainSummary): Promise<void> {
  const key = domainKey(domain.connection, domain.uuid)
  if (restarts.getState().waiting[key]) return
  const finish = (): void => {
    clearTimeout(timer)
    for (const stop of listening) stop()
    restarts.setState(({ waiting: { [key]: _gone, ...others } }) => ({ waiting: others }))
  }
  const look = (): void => {
    const now = appStore.getState().domains[key]
    if (now && isActive(now)) return
    // what switched it off has yet to be answered
    if (!mayBegin('start', pendingStore.getState().pending[key] ?? null)) return
    finish()
    if (now) void runAction('start', now)
  }
  const timer = setTimeout(finish, patience)
  const listening = [appStore.subscribe(look), pendingStore.subscribe(look)]
  restarts.setState(({ waiting }) => ({ waiting: { ...waiting, [key]: finish } }))
  if (!(await runAction('shutdown', domain))) finish()
}
