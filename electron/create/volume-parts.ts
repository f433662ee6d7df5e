/** Files on their way into a pool's folder: hidden from libvirt and everybody's lists, and known as this app's. */
import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning, processIdentity } from '../system/process-identity.ts'

/** A new one. */
export async function partPath(folder: string): Promise<string> {
  const owner = (await processIdentity(process.pid)) ?? ''
  return join(folder, `.vivero-${owner}-${randomBytes(6).toString('hex')}.part`)
}

/** Those of apps that died in the middle go. What this person may not look at, or remove, stays. */
export async function sweepParts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = /^\.vivero-(\d+@\d+)-[0-9a-f]{12}\.part$/.exec(name)?.[1]
    if (owner !== undefined && !(await isRunning(owner))) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}
