/** Going on after libvirt died in the middle of something that must not stay half done. */
import { setTimeout as pause } from 'node:timers/promises'
import { isCode } from '../libvirt/errors.ts'

/** A libvirt that died is started again by systemd, or by the next virsh: it is waited for so long, in milliseconds. */
const PATIENCE_MS = 20_000
const AGAIN_MS = 500

/** Until when somebody who begins now waits for libvirt. */
export const patienceFromNow = (): number => Date.now() + PATIENCE_MS

/** Runs work, and while libvirt is away again, until the time is over. Errors: the work's. */
export async function onceBack<T>(until: number, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (problem) {
      if (!isCode(problem, 'daemon-down', 'connection-gone') || Date.now() >= until) throw problem
      await pause(AGAIN_MS)
    }
  }
}

/** The same for work that removes something: what is not found at a further try was removed by one before. */
export async function removedOnceBack(until: number, work: () => Promise<void>): Promise<void> {
  let tried = false
  await onceBack(until, async () => {
    try {
      await work()
    } catch (problem) {
      if (tried && isCode(problem, 'not-found')) return
      tried = true
      throw problem
    }
  })
}
