/** Numbers that look random and are the same for the same seed, so that what failed can be played again. */
export type Random = {
  /** From 0 up to and without 1. */
  next(): number
  /** A whole number from 0 to below `most`. */
  below(most: number): number
  chance(share: number): boolean
  pick<T>(of: readonly [T, ...T[]]): T
}

/** Draws by mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (of) => of[below(of.length)] ?? of[0],
  }
}
