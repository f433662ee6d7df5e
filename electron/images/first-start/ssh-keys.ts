/** The public keys that a person may let into a machine: ~/.ssh/*.pub. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { SshKey } from '../../../shared/model/first-start.ts'
import { isPublicKey } from '../../../shared/model/first-start-rules.ts'

/** No public key is as long. */
const MOST_BYTES = 20_000

/** By name; what is no public key, or cannot be read, is left out. */
export async function sshKeys(folder = join(homedir(), '.ssh')): Promise<SshKey[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith('.pub')).sort()
  return (await Promise.all(names.map((name) => readKey(folder, name)))).filter((key) => key !== null)
}

async function readKey(folder: string, name: string): Promise<SshKey | null> {
  const path = join(folder, name)
  const facts = await stat(path).catch(() => null)
  if (!facts?.isFile() || facts.size > MOST_BYTES) return null
  const text = await readFile(path, 'utf8').catch(() => '')
  const line = text.split('\n').map((one) => one.trim()).find(isPublicKey)
  if (line === undefined) return null
  const [type = '', , ...comment] = line.split(' ')
  return { name, type, comment: comment.join(' '), line }
}
