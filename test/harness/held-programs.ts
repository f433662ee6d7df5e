/** The app's own programs, held in the middle of their work as by a slow disk: however fast or busy the machine is. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from './poll.ts'
import { requireLab, type User } from './user.ts'

export interface HeldProgram {
  /** Lets it work until that file, or what lies in that folder, takes so many bytes on the disk, and holds it there. */
  until(place: string, bytes: number): Promise<void>
  /** Lets it work to its end; nothing happens where it has ended. */
  release(): void
}

const folder = '/run/lab/held'

/** For startApp: programs may be held. */
export const holdable = (user: User): Readonly<Record<string, string>> => ({ PATH: `${folder}:${user.env['PATH'] ?? ''}` })

/** Waits for the next start of that program with these words among its arguments, and holds it before it does anything. */
export async function held(program: 'dd' | 'qemu-img' | 'virsh', words: string): Promise<HeldProgram> {
  requireLab()
  const gate = join(folder, `hold-${program}`)
  mkdirSync(folder, { recursive: true })
  const stop = `[ ! -e '${gate}' ] || case " $* " in *'${words}'*) kill -STOP $$ ;; esac`
  writeFileSync(join(folder, program), `#!/bin/sh\n${stop}\nexec /usr/bin/${program} "$@"\n`, { mode: 0o755 })
  writeFileSync(gate, '')
  const pid = await until(`${program} ${words}`, 30_000, () => stopped(join(folder, program), words))
  rmSync(gate)
  return {
    until: async (place, bytes) => {
      const written = (): boolean => taken(place) >= bytes
      await until(`${bytes} bytes in ${place}`, 30_000, () => {
        if (!existsSync(`/proc/${pid}`)) return null
        process.kill(pid, 'SIGCONT')
        // not a sleep: a busy machine may wake it up when all is written
        for (const end = performance.now() + 3; performance.now() < end && !written(); );
        process.kill(pid, 'SIGSTOP')
        return written() ? true : undefined
      }).then((there) => {
        if (there === null) throw new Error(`${program} ended with ${taken(place)} bytes in ${place}`)
      })
    },
    release: () => void (existsSync(`/proc/${pid}`) && process.kill(pid, 'SIGCONT')),
  }
}

/** Bytes on the disk; folders are looked into one level deep. */
function taken(place: string): number {
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return (found?.blocks ?? 0) * 512
  return readdirSync(place).reduce((sum, name) => sum + (statSync(join(place, name), { throwIfNoEntry: false })?.blocks ?? 0) * 512, 0)
}

/** The number of a process of that script that stands still. */
function stopped(script: string, words: string): number | undefined {
  const found = readdirSync('/proc').find((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return line.includes(script) && line.includes(words) && /\) T /.test(readFileSync(`/proc/${name}/stat`, 'utf8'))
    } catch {
      return false // it ended meanwhile
    }
  })
  return found === undefined ? undefined : Number(found)
}
