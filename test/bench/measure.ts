/** Times of several runs, in milliseconds. */
export interface Times {
  readonly median: number
  readonly worst: number
  readonly runs: number
}

/** Takes each of these in turn, so that what else the machine does falls on all of them alike. */
export async function measure<K extends string>(runs: number, works: Readonly<Record<K, () => Promise<number>>>): Promise<Record<K, Times>> {
  const names = Object.keys(works) as K[]
  const taken = new Map<K, number[]>(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) taken.get(name)?.push(await works[name]())
  }
  return Object.fromEntries(names.map((name) => [name, timesOf(taken.get(name) ?? [])])) as Record<K, Times>
}

function timesOf(milliseconds: readonly number[]): Times {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0, runs: sorted.length }
}

/** How long work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** A row of the table: what, median, worst, runs, and what it is compared with. */
export const row = (what: string, times: Times, compared = ''): string =>
  `| ${what} | ${times.median.toFixed(0)} | ${times.worst.toFixed(0)} | ${String(times.runs)} | ${compared} |`
