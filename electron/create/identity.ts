/** What makes a machine this one: drawn once, so that the commands shown beforehand are those that run. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { displayPassword } from '../libvirt/domain/display-password.ts'

export interface Identity {
  readonly uuid: string
  readonly mac: string
  /** libvirt's UUID of the default pool, where that is made too. */
  readonly poolUuid: string
  readonly displayPassword: string
}

const drawn = new Map<string, Identity>()
/** Plans that were looked at and never made are forgotten, the oldest first. */
const KEPT = 50

const keyOf = (plan: MachinePlan): string => JSON.stringify([plan.connection, plan.name])

/** The identity that the plan's machine will have. */
export function identityOf(plan: MachinePlan): Identity {
  const key = keyOf(plan)
  const known = drawn.get(key)
  if (known) return known
  const identity = drawIdentity()
  drawn.set(key, identity)
  const oldest = drawn.keys().next()
  if (drawn.size > KEPT && !oldest.done) drawn.delete(oldest.value)
  return identity
}

/** The machine is being made: the next of this name is another. */
export function takeIdentity(plan: MachinePlan): Identity {
  const identity = identityOf(plan)
  drawn.delete(keyOf(plan))
  return identity
}

/** 52:54:00 is what QEMU's cards have. */
export function drawIdentity(): Identity {
  const mac = ['52', '54', '00', ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':')
  return { uuid: randomUUID(), poolUuid: randomUUID(), mac, displayPassword: displayPassword() }
}
