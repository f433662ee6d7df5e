/** Seconds until the next try after the n-th failure (0 for the first): 1, 2, 4… 30, each up to a fifth more or less so
 * that many connections of one host do not knock together; never under 1 nor over 30. */
export function backoffSeconds(failures: number, random: () => number = Math.random): number {
  const base = Math.min(30, 2 ** Math.min(failures, 5))
  const jittered = base * (0.8 + 0.4 * random())
  return Math.min(30, Math.max(1, Math.round(jittered)))
}
