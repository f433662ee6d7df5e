import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** What a lab needs so that a program in it opens its window on the person's screen. */
export interface LabDisplay {
  readonly keep: readonly string[]
  readonly payload: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
}

const sockets = '/tmp/.X11-unix'
const cookie = '/run/lab/display/cookie'

/**
 * The X server of the person, whose sockets stay visible in the lab and whose cookie is brought in; undefined where it
 * cannot be reached from there: no server on this machine (`ssh -X` goes over the network, and a lab has its own), or
 * Wayland without X, whose socket only the person herself may open, and not alumna.
 */
export function labDisplay(env: NodeJS.ProcessEnv, exists: (path: string) => boolean = existsSync): LabDisplay | undefined {
  const number = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(env['DISPLAY'] ?? '')?.[1]
  if (number === undefined || !exists(join(sockets, `X${number}`))) return undefined
  const own = env['XAUTHORITY'] || join(env['HOME'] ?? homedir(), '.Xauthority')
  const known = exists(own)
  return {
    keep: [sockets],
    payload: known ? { [cookie]: own } : {},
    env: { DISPLAY: `:${number}`, ...(known ? { XAUTHORITY: cookie } : {}) },
  }
}
