/** Pure rules about machines: what a state allows, and which of few groups it belongs to. */
import type { DomainAction, DomainSummary } from './domain.ts'

/** Why an action is off; the sentence is `machines:why.<reason>`. */
export type WhyNot =
  'already-running' | 'not-running' | 'paused' | 'not-paused' | 'transient' | 'running' | 'shutting-down' | 'not-saved'

/** What a person may do to a machine in a list: the actions of its life, and throwing a saved state away. */
export type MachineAction = DomainAction | 'discard-save'

/** What a card or row says at a glance, and the filter of the list. A saved machine is off, but says so. */
export type StateGroup = 'running' | 'paused' | 'saved' | 'off' | 'crashed'

const isOn = (state: DomainSummary['state']): boolean => state !== 'shutoff' && state !== 'nostate'

/** True while the machine has a process: running, paused, shutting down, asleep, or crashed inside and kept so. */
export function isActive(domain: Pick<DomainSummary, 'state'>): boolean {
  return isOn(domain.state)
}

/** The group of a machine's state. */
export function stateGroup(domain: Pick<DomainSummary, 'state' | 'saved'>): StateGroup {
  const { state } = domain
  if (state === 'paused' || state === 'pmsuspended') return 'paused'
  if (state === 'crashed') return 'crashed'
  if (isOn(state)) return 'running'
  return domain.saved ? 'saved' : 'off'
}

/** Null where the action is possible now, else the reason why not. */
export function whyNot(
  action: MachineAction,
  domain: Pick<DomainSummary, 'state' | 'persistent' | 'saved'>,
): WhyNot | null {
  const { state } = domain
  const running = state === 'running' || state === 'blocked'
  switch (action) {
    case 'start':
      return isOn(state) ? 'already-running' : null
    case 'suspend':
      if (running) return null
      return state === 'paused' ? 'paused' : state === 'shutdown' ? 'shutting-down' : 'not-running'
    case 'resume':
      return state === 'paused' || state === 'pmsuspended' ? null : isOn(state) && state !== 'crashed' ? 'not-paused' : 'not-running'
    case 'shutdown':
    case 'reboot':
      return running || state === 'shutdown' ? null : state === 'paused' ? 'paused' : 'not-running'
    case 'destroy':
    case 'reset':
      return isOn(state) ? null : 'not-running'
    case 'managedsave':
      return !isOn(state) || state === 'crashed' ? 'not-running' : domain.persistent ? null : 'transient'
    case 'discard-save':
      return domain.saved && !isOn(state) ? null : 'not-saved'
    case 'delete':
      return isOn(state) ? 'running' : null
  }
}

/** What the person calls the machine: its title, else its name. */
export function displayName(domain: Pick<DomainSummary, 'name' | 'title'>): string {
  return domain.title ?? domain.name
}
