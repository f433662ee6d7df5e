/** When a console is opened again after it was lost. */

/** Milliseconds before each further try; the last one repeats. */
const waits: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000]

export function retryAfter(tries: number): number {
  return waits[Math.min(tries, waits.length - 1)] ?? 0
}

/** Close codes of the serial relay (shared/contract/console.ts). */
export const serialCodes = { ended: 1000, failed: 1011, takenOver: 4000, daemonGone: 4001 } as const

export type AfterClose = 'retry' | 'taken-over' | 'failed'

/** What a closed serial port means: only a person takes a port back that another console has. */
export function afterSerialClose(code: number): AfterClose {
  if (code === serialCodes.takenOver) return 'taken-over'
  return code === serialCodes.failed ? 'failed' : 'retry'
}
