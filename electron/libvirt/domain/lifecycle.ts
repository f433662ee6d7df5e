/** Starting and stopping. https://libvirt.org/manpages/virsh.html#domain-commands */
import { uuidByName } from '../lookup.ts'
import { withStartRemedy } from '../remedies.ts'
import type { Target } from '../target.ts'
import { virshWrite, type WriteOptions } from '../virsh.ts'
import { withLastWords } from './last-words.ts'

/** QEMU may take its time to come up or to restore its memory: two minutes. */
const SLOW: WriteOptions = { timeoutMs: 120_000 }

const verb = (command: string, options: WriteOptions = {}) => {
  return async (target: Target, uuid: string): Promise<void> => {
    await virshWrite(target, [command, `--domain=${uuid}`], options)
  }
}

const start = verb('start', SLOW)

/** Errors: already-active, and whatever keeps QEMU from starting (file-missing, network-inactive, no-kvm…). */
export async function domainStart(target: Target, uuid: string): Promise<void> {
  const told = (problem: unknown): Promise<never> => withLastWords(target, uuid, problem).then((error) => Promise.reject(error))
  await withStartRemedy(target, (kind, name) => uuidByName(target, kind, name), async () => start(target, uuid).catch(told))
}

/** Stops its processors; the memory stays. Errors: not-active. */
export const domainSuspend = verb('suspend')
/** Errors: not-active, already-active. */
export const domainResume = verb('resume')
/** Wakes a machine that its guest has put to sleep (state pmsuspended). */
export const domainWakeUp = verb('dompmwakeup')
/** Asks the guest; succeeds whether or not it obeys. Errors: not-active. */
export const domainShutdown = verb('shutdown')
/** Asks the guest, as shutdown does. */
export const domainReboot = verb('reboot')
/** Pulls the plug. Errors: not-active. */
export const domainDestroy = verb('destroy')
/** Presses the reset button. Errors: not-active. */
export const domainReset = verb('reset')
/** Throws a managed save away; the next start is a fresh one. */
export const domainDiscardSave = verb('managedsave-remove')
