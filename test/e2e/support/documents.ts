import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { User } from '../../harness/index.ts'

/** Runs a virsh command with a document in a file of the user's: `withDocument(user, ['net-define'], '<network>…')`. */
export async function withDocument(user: User, args: readonly string[], xml: string): Promise<string> {
  const folder = mkdtempSync('/tmp/document-')
  const draft = join(folder, 'document.xml')
  writeFileSync(draft, xml)
  const place = user.give(draft, `${folder}-given.xml`)
  try {
    return await user.virsh([...args, `--file=${place}`])
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(place)
  }
}

/** Puts a text into a file of the user's, with the right to run it where it is a program. */
export function writeFor(user: User, target: string, text: string): string {
  const folder = mkdtempSync('/tmp/file-')
  const draft = join(folder, 'file')
  writeFileSync(draft, text, { mode: 0o755 })
  const place = user.give(draft, target)
  rmSync(folder, { recursive: true })
  return place
}
