import { readdirSync, readFileSync } from 'node:fs'
import { labRootHome } from '../../electron/lab/index.ts'

/** The lab's process 1 as it is called outside: the child of the process that opened the namespaces. */
export function firstProcessOf(outer: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === outer)
  return Number(children[0] ?? outer)
}

/** The command line that enters a lab from outside. */
export function wayIn(first: number): string[] {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials']
  return [
    'nsenter',
    '--target',
    String(first),
    ...user,
    '--mount',
    '--net',
    '--pid',
    '--ipc',
    '--uts',
    '--cgroup',
    `--wdns=${labRootHome}`,
    'bash',
  ]
}

function parentOf(pid: string): number | undefined {
  try {
    // the name in brackets may hold blanks and brackets itself: the fields follow the last one
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\)\s/s, '')
      .split(' ')
    return Number(fields[1])
  } catch {
    return undefined // ended meanwhile
  }
}
