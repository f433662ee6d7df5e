import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError, runInLab } from '../../electron/lab/index.ts'

/**
 * Runs a command as root of a lab that has the built app in /run/lab/app:
 *   in-lab.ts [--clone] [--kvm] [--write PATH] -- COMMAND [ARG...]
 * What the command writes goes to the results' folder, to --write, or is lost with the lab.
 * --clone: the whole project at /run/lab/clone too, readable for alumna, who can then start a lab of her own.
 * Exit status 125 and one line "lab: REASON" where no lab can be made.
 */
const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const words = process.argv.slice(2)
const split = words.indexOf('--')
const flags = words.slice(0, split)
const write = flags.flatMap((flag, index) => (flag === '--write' ? [flags[index + 1] ?? ''] : []))
const results = join(repository, 'test-results')
makeWhereAllowed(results)
const clone = flags.includes('--clone')

/** Whoever may only read the clone names another folder. */
function makeWhereAllowed(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EROFS'))) throw error
  }
}

const present = (map: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([, source]) => existsSync(source)))

const share = clone ? cloneFolders() : {}
const payload = {
  '/run/lab/app/out': join(repository, 'out'),
  '/run/lab/app/assets': join(repository, 'assets'),
  '/run/lab/app/package.json': join(repository, 'package.json'),
}

/** Caches and what git keeps are nobody's business, and often readable by their owner alone. */
function cloneFolders(): Record<string, string> {
  const names = readdirSync(repository).filter((name) => !name.startsWith('.') && name !== 'test-results')
  return Object.fromEntries(
    [...names, '.cache/guest'].map((name) => [`/run/lab/clone/${name}`, join(repository, name)]),
  )
}

try {
  process.exitCode = await runInLab(words.slice(split + 1), {
    cwd: repository,
    write: [...new Set([results, ...write])].filter((path) => existsSync(path)),
    kvm: flags.includes('--kvm'),
    nested: clone,
    share: present(share),
    payload: present(payload),
  })
} catch (error) {
  if (!(error instanceof LabError)) throw error
  process.stderr.write(`lab: ${error.message}\n`)
  process.exitCode = 125
}
