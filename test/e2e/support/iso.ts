import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import type { User } from '../../harness/index.ts'

const sector = 2048
const volumeIdentifier = 16 * sector + 40
const longestIdentifier = 32

/** Builds an ISO by one of the guest's recipes with a random word and gives it to the user. */
export async function giveIso(
  user: User,
  build: (word: string, file: string) => Promise<void>,
  place: string,
): Promise<{ path: string; word: string }> {
  const word = `w${randomBytes(6).toString('hex')}`
  const draft = `/tmp/${word}.iso`
  await build(word, draft)
  const path = user.give(draft, place)
  rmSync(draft)
  return { path, word }
}

/**
 * Names the volume as another system's medium does, in its primary descriptor (ECMA-119 8.4).
 */
export function nameVolume(iso: string, name: string): void {
  const file = openSync(iso, 'r+')
  writeSync(file, name.padEnd(longestIdentifier).slice(0, longestIdentifier), volumeIdentifier, 'latin1')
  closeSync(file)
}

/** Makes an ISO of a file, without a boot record. */
export function giveDataIso(user: User, source: string, place: string): string {
  const draft = '/tmp/data.iso'
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-o', draft, '-R', '-J', '-V', 'PHOTOS', source])
  const path = user.give(draft, place)
  rmSync(draft)
  return path
}
