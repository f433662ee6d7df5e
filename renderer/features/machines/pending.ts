/** Actions that are on their way: which machine does what, until its state says that it is done. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { isActive, type MachineAction } from '../../../shared/model/domain-rules.ts'

export interface Pending {
  readonly action: MachineAction
  /** calling: the host has not answered; waiting: it has, and the machine has yet to follow. */
  readonly phase: 'calling' | 'waiting'
}

/** A question before an action, for the dialog of the page. */
export interface Asked {
  readonly action: 'destroy' | 'reset' | 'shutdown' | 'discard-save'
  readonly domain: DomainSummary
}

export interface PendingState {
  readonly pending: Readonly<Record<string, Pending>>
  readonly asked: Asked | null
}

export const pendingStore = createStore<PendingState>()(() => ({ pending: {}, asked: null }))

export function usePending(key: string): Pending | null {
  return useStore(pendingStore, (state) => state.pending[key] ?? null)
}

export function useAsked(): Asked | null {
  return useStore(pendingStore, (state) => state.asked)
}

export function setPending(key: string, pending: Pending | null): void {
  pendingStore.setState((state) => {
    const { [key]: _old, ...others } = state.pending
    return { pending: pending ? { ...others, [key]: pending } : others }
  })
}

/** Whether the machine has followed: what the action was for is so. Undefined: the machine is gone. */
export function settled(action: MachineAction, domain: DomainSummary | undefined): boolean {
  if (!domain) return true
  switch (action) {
    case 'start':
    case 'reboot':
    case 'reset':
      return isActive(domain)
    case 'suspend':
      return domain.state === 'paused' || !isActive(domain)
    case 'resume':
      return domain.state !== 'paused' && domain.state !== 'pmsuspended'
    case 'shutdown':
    case 'destroy':
    case 'managedsave':
      return !isActive(domain)
    case 'discard-save':
      return !domain.saved
    case 'delete':
      return false
  }
}

/**
 * Whether an action may begin while another is on its way: nothing while the host has not answered; while the machine has yet to follow,
 * anything but the same again (force off must be possible while a guest shuts down).
 */
export function mayBegin(action: MachineAction, pending: Pending | null): boolean {
  if (pending === null) return true
  return pending.phase === 'waiting' && pending.action !== action
}
