/** Tells a process from a later one that was given the same number. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
import { readFile } from 'node:fs/promises'

/** Number and start of this process. */
export const processMark = async (): Promise<string> => `${process.pid} ${(await startOf(process.pid)) ?? ''}`

/** Whether the process of that mark still runs. */
export async function isSameProcess(mark: string): Promise<boolean> {
  const [pid = '', start = ''] = mark.split(' ')
  return start !== '' && (await startOf(Number(pid))) === start
}

/** Field 22, in ticks since the machine started; the name before it may hold blanks and brackets. */
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
