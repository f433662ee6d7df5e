/** Tells a process from a later one that was given the same number. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
import { readFile } from 'node:fs/promises'

/** A process as no later one is: its number and when it began, in ticks since the machine's start. Null where it is gone. */
export async function processIdentity(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The name, in brackets, may hold anything.
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return start === undefined ? null : `${pid}@${start}`
}

/** Whether the process of that identity still runs. */
export async function isRunning(identity: string): Promise<boolean> {
  return identity !== '' && (await processIdentity(Number(identity.split('@')[0]))) === identity
}
