/** Who this computer has met on its networks: its table of IP and hardware addresses. https://man7.org/linux/man-pages/man8/ip-neighbour.8.html */
import { run } from './exec.ts'

export interface Neighbour {
  readonly address: string
  readonly mac: string
  /** The device behind which it was met, e.g. "br0". */
  readonly device: string
  /** Seconds since it was known to be there. */
  readonly age: number
}

/** Those that answered; none where the program is missing. */
export async function neighbours(): Promise<Neighbour[]> {
  const answer = await run('ip', ['-j', '-s', 'neigh', 'show'], { timeoutMs: 5_000 }).catch(() => null)
  return answer?.exitCode === 0 ? readNeighbours(answer.stdout) : []
}

/** Rows of `ip -j -s neigh`; those that never answered have no hardware address. */
export function readNeighbours(json: string): Neighbour[] {
  const rows: unknown = parsed(json)
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown): Neighbour[] => {
    if (typeof row !== 'object' || row === null) return []
    const of = (name: string): unknown => (row as Readonly<Record<string, unknown>>)[name]
    const [address, mac, device] = [of('dst'), of('lladdr'), of('dev')]
    const failed = JSON.stringify(of('state') ?? []).match(/FAILED|INCOMPLETE/) !== null
    if (typeof address !== 'string' || typeof mac !== 'string' || typeof device !== 'string' || failed) return []
    const seconds = [of('confirmed'), of('updated')].filter((one): one is number => typeof one === 'number')
    return [{ address, mac: mac.toLowerCase(), device, age: seconds.length > 0 ? Math.min(...seconds) : 0 }]
  })
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return []
  }
}
