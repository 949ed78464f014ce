/**
 * Tells whether people, their sessions or the policy may have changed, so that none needs a query for each request.
 * Only where all writes go through this process: an embedded file, which it alone can open.
 */
import type { Written } from './group-commit.ts'

const versions = new WeakMap<object, { count: number }>()
const aboutPeople = /\b(?:session|person|policy)\b/

/** A number that differs whenever people, sessions or the policy may differ; undefined where other processes write, too. */
export function peopleVersion(store: object): number | undefined {
  return versions.get(store)?.count
}

/** Counts for a store that is about to be made, once `count` has been called with it. */
export function countPeople(): { written: Written; count(store: object): void } {
  const version = { count: 0 }
  return {
    written: ({ sql }) => {
      if (aboutPeople.test(sql)) version.count += 1
    },
    count: (store) => versions.set(store, version),
  }
}
