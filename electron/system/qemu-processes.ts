/** When the QEMU processes of this computer began, by the MACs of their cards. https://man7.org/linux/man-pages/man5/proc.5.html */
import { readdir, readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { processIdentity } from './process-identity.ts'

interface Known {
  /** Null of what is no QEMU. */
  readonly identity: string | null
  readonly macs: readonly string[]
  readonly firstSeen: number
}

const known = new Map<number, Known>()
/** A process that was just forked is told by its parent's command line for a moment. */
const YOUNG_MS = 10_000
/** Clock ticks a second, as Linux tells them to programs on every architecture. */
const TICKS = 100

/**
 * Seconds since 1970 at which the process with that card began; cards that were plugged in later are not there, nor are
 * machines that go on from a saved state, which are older than their process.
 */
export async function qemuStarts(): Promise<ReadonlyMap<string, number>> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number)
  const there = new Set(pids)
  for (const pid of known.keys()) if (!there.has(pid)) known.delete(pid)
  const booted = Date.now() / 1000 - uptime()
  const starts = new Map<string, number>()
  for (const pid of pids) {
    const { identity, macs } = await lookAt(pid)
    const began = booted + Number(identity?.split('@')[1]) / TICKS
    if (identity !== null) for (const mac of macs) starts.set(mac, Math.max(began, starts.get(mac) ?? 0))
  }
  return starts
}

async function lookAt(pid: number): Promise<Known> {
  const before = known.get(pid)
  if (before && before.identity === null && Date.now() - before.firstSeen > YOUNG_MS) return before
  if (before && before.identity !== null && (await processIdentity(pid)) === before.identity) return before
  const macs = macsOf(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''))
  const now: Known = { identity: macs.length > 0 ? await processIdentity(pid) : null, macs, firstSeen: before?.firstSeen ?? Date.now() }
  known.set(pid, now)
  return now
}

/** The cards in QEMU's command line, as JSON or in its older form; none of what was restored, or is no QEMU. */
export function macsOf(commandLine: string): string[] {
  const words = commandLine.split('\0')
  if (!/(?:qemu|kvm)[^/]*$/.test(words[0] ?? '') || words.includes('-incoming')) return []
  return words.flatMap((word) => [...word.matchAll(/"?mac"?[=:]"?([0-9a-f]{2}(?::[0-9a-f]{2}){5})/gi)].map(([, mac]) => (mac ?? '').toLowerCase()))
}
