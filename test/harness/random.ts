/** Numbers that look random and come again with the same seed (mulberry32). */
export interface Random {
  readonly seed: number
  /** From 0 to below 1. */
  next(): number
}

/** Seeded by VIVERO_SEED, else by the clock; whoever uses it prints the seed. */
export function seededRandom(given = process.env['VIVERO_SEED']): Random {
  const seed = given === undefined ? Date.now() % 2 ** 32 : Number(given)
  let state = seed
  return {
    seed,
    next: () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    },
  }
}
