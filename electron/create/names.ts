/** Title and name of a new machine: two ways to say the same, both free. */
import { basename, extname } from 'node:path'
import { nameFromTitle } from '../../shared/model/plan-rules.ts'

export interface MachineNames {
  readonly title: string
  readonly name: string
}

/** Names and titles that machines of the connection have. */
export type Taken = readonly { readonly name: string; readonly title: string | null }[]

/** "Ubuntu 20.10" and `ubuntu20.10`; where either is taken by any machine's name or title, "Ubuntu 20.10 2" and `ubuntu20.10-2`. */
export function freeNames(title: string, name: string, taken: Taken): MachineNames {
  const used = new Set(taken.flatMap((machine) => [machine.name, machine.title ?? machine.name]))
  if (!used.has(title) && !used.has(name)) return { title, name }
  for (let count = 2; ; count++) {
    const next = { title: `${title} ${count}`, name: `${name}-${count}` }
    if (!used.has(next.title) && !used.has(next.name)) return next
  }
}

/** Of an unknown system the file's name speaks: "my_server-disk.qcow2" is "my server-disk". */
export function titleFromFile(path: string): string {
  const stem = basename(path, extname(path))
  // a title holds no newline: https://libvirt.org/formatdomain.html#general-metadata
  const title = stem.replace(/[\p{Cc}\s_]+/gu, ' ').trim()
  return title === '' ? nameFromTitle(title) : title
}
