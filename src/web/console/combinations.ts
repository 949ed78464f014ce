/** Stores a person's key combinations in this browser. */
import { keyNamed, nameOfKeys } from '../screen/keys.ts'

const key = 'vedette.combinations'
const mostKept = 24

/** The stored combinations, without invalid ones, because the storage can be edited. */
export function readCombinations(): string[][] {
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
    return []
  }
}

/** Stores them if the browser allows it; otherwise they last as long as the page. */
export function saveCombinations(combinations: readonly string[][]): void {
  try {
    localStorage.setItem(key, JSON.stringify(combinations))
  } catch {
    // If the storage is full or blocked, they just aren't stored.
  }
}

/** Adds one, unless it is there already; beyond the maximum, the oldest is removed. */
export function withCombination(kept: readonly string[][], added: string[]): string[][] {
  const known = kept.some((one) => nameOfKeys(one) === nameOfKeys(added))
  return known ? [...kept] : [...kept, added].slice(-mostKept)
}
