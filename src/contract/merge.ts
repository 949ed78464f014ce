/** Merges the changes that two people made to the same labels. */
import type { Labels } from './trace.ts'

type LabelMerge = {
  /** Their labels with my changes applied. */
  both: Labels
  /** Keys that both changed to different values: `both` has mine. */
  disputed: string[]
}

/**
 * `shown` are the labels from before my changes, `mine` those after them, `theirs` the present ones. A
 * key that I removed is absent from `mine`.
 */
export function mergeLabels(shown: Labels, mine: Labels, theirs: Labels): LabelMerge {
  const keys = new Set([
    ...Object.keys(shown),
    ...Object.keys(mine),
    ...Object.keys(theirs),
  ])
  const both: Labels = {}
  const disputed: string[] = []
  for (const key of [...keys].toSorted()) {
    const isMine = mine[key] !== shown[key]
    const isTheirs = theirs[key] !== shown[key]
    const value = isMine ? mine[key] : theirs[key]
    if (value !== undefined) both[key] = value
    if (isMine && isTheirs && mine[key] !== theirs[key]) disputed.push(key)
  }
  return { both, disputed }
}
