/** How far another process of this user's has read a file. https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html */
import { readdir, readFile, stat } from 'node:fs/promises'

/** The offset, in bytes, up to which the process has read; null where it does not have the file open, or is gone. */
export async function readPosition(pid: number, path: string): Promise<number | null> {
  try {
    const wanted = await stat(path)
    for (const descriptor of await readdir(`/proc/${pid}/fd`)) {
      const open = await stat(`/proc/${pid}/fd/${descriptor}`).catch(() => null)
      if (open?.ino !== wanted.ino || open.dev !== wanted.dev) continue
      const offset = /^pos:\s+(\d+)$/m.exec(await readFile(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))?.[1]
      if (offset !== undefined) return Number(offset)
    }
  } catch {
    // the process ended, or the file is gone
  }
  return null
}
