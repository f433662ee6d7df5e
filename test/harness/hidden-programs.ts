/** A lab in which some programs are not installed. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { requireLab } from './user.ts'

const folders = ['/usr/bin', '/usr/sbin'] as const
const place = '/run/lab/hidden'

/**
 * Takes programs away from everybody: over each folder of programs lies one of links to all the others. What runs already
 * runs on. Undone by what it answers.
 */
export function hidePrograms(names: readonly string[]): () => void {
  requireLab()
  for (const folder of folders) {
    const whole = join(place, 'whole', basename(folder))
    const links = join(place, 'links', basename(folder))
    for (const made of [whole, links]) mkdirSync(made, { recursive: true })
    execFileSync('mount', ['--rbind', folder, whole])
    for (const name of readdirSync(whole)) if (!names.includes(name)) symlinkSync(join(whole, name), join(links, name))
  }
  for (const folder of folders) execFileSync('mount', ['--bind', join(place, 'links', basename(folder)), folder])
  return () => {
    for (const folder of folders) execFileSync('umount', ['--lazy', folder])
    for (const folder of folders) execFileSync('umount', ['--lazy', '--recursive', join(place, 'whole', basename(folder))])
    rmSync(join(place, 'links'), { recursive: true })
  }
}
