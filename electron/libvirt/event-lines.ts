/** Lines that `virsh event --loop --timestamp` and its like print. Names are not quoted, so the last part is greedy. */

export type HintKind = 'domain' | 'network' | 'pool'

/** Something happened to an object of that name; what it is like now has to be read again. */
export interface Hint {
  readonly kind: HintKind
  readonly name: string
  /** lifecycle, metadata-change, balloon-change… */
  readonly event: string
  /** What libvirt says about it, e.g. "Stopped Destroyed". */
  readonly detail: string
}

const line = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+[+-]\d{4}: event '([\w-]+)' for (domain '|network |storage pool )(.*)$/

/** Null for a line that announces nothing ("event loop interrupted", "events received: 3"). */
export function readEventLine(text: string): Hint | null {
  const [, event, what, rest] = line.exec(text) ?? []
  if (event === undefined || what === undefined || rest === undefined) return null
  if (what === "domain '") return { kind: 'domain', event, ...quotedName(rest) }
  // networks and pools stand without quotes, and only a lifecycle has something to say
  const [, name = rest, detail = ''] = (event === 'lifecycle' ? /^(.*): (.*)$/.exec(rest) : null) ?? []
  return { kind: what === 'network ' ? 'network' : 'pool', name, event, detail }
}

/** The last quote ends the name, save where what follows is known to hold quotes: a name may hold them too. */
function quotedName(rest: string): { name: string; detail: string } {
  const found = /^(.*)': (iteration: '\d+'|state: '[^']*' reason: '[^']*')$/.exec(rest) ?? /^(.*)'(?::? (.*)|:)?$/.exec(rest)
  const [, name = rest, detail = ''] = found ?? []
  return { name, detail }
}
