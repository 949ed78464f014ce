/** Stores a person's key combinations in this browser. */
import { keyNamed, nameOfKeys } from '../screen/keys.ts'

const key = 'vedette.combinations'
const mostKept = 24

/**
 * The stored combinations, without invalid ones, because the storage can be edited; those of the page where the browser
 * stores nothing.
 */
export function readCombinations(ofPage: string[][] = []): string[][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept
      .filter(
        (one): one is string[] =>
          Array.isArray(one) &&
          one.length > 0 &&
          one.every((name) => typeof name === 'string' && keyNamed(name)),
      )
      .slice(0, mostKept)
  } catch {
    return ofPage
  }
}

/**
 * Changes those that are stored now, which another tab may have changed since the page had `ofPage`; returns them. Where
 * the browser stores nothing, they last as long as the page.
 */
export function changeCombinations(
  change: (now: string[][]) => string[][],
  ofPage: string[][] = [],
): string[][] {
  const next = change(readCombinations(ofPage))
  try {
    localStorage.setItem(key, JSON.stringify(next))
  } catch {
    // If the storage is full or blocked, they just aren't stored.
  }
  return next
}

export const withoutCombination = (
  kept: readonly string[][],
  keyNames: string,
): string[][] => kept.filter((one) => nameOfKeys(one) !== keyNames)

/** Adds one, unless it is there already; beyond the maximum, the oldest is removed. */
export function withCombination(kept: readonly string[][], added: string[]): string[][] {
  const known = kept.some((one) => nameOfKeys(one) === nameOfKeys(added))
  return known ? [...kept] : [...kept, added].slice(-mostKept)
}
