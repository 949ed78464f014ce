/** Combinations of keys that a person keeps in this browser. */
import { keyNamed, nameOfKeys } from '../screen/keys.ts'

const key = 'vedette.combinations'
const mostKept = 24

/** What was kept, as far as it still makes sense: anybody may have edited it. */
export function readCombinations(storage: Pick<Storage, 'getItem'>): string[][] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]')
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

/** Keeps them where the browser allows it; without, they last as long as the page. */
export function saveCombinations(
  storage: Pick<Storage, 'setItem'>,
  combinations: readonly string[][],
): void {
  try {
    storage.setItem(key, JSON.stringify(combinations))
  } catch {
    // A full or forbidden storage is no reason not to go on.
  }
}

/** With one more, unless it is there already or there are too many. */
export function withCombination(kept: readonly string[][], added: string[]): string[][] {
  const known = kept.some((one) => nameOfKeys(one) === nameOfKeys(added))
  return known ? [...kept] : [...kept, added].slice(-mostKept)
}
