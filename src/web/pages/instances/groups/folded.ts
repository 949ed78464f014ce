/** Which groups of the list are collapsed. It lasts as long as the page, whatever the list shows in between. */
import { create } from 'zustand'

import type { Group } from './group-rows.ts'

/** By the group's key, which names what the list is grouped by, too. */
export const useFolded = create<{ folded: ReadonlySet<string> }>(() => ({
  folded: new Set(),
}))

/** Collapses groups, or expands them. */
export const fold = (groups: readonly Pick<Group, 'key'>[], on: boolean): void =>
  useFolded.setState(({ folded }) => {
    const next = new Set(folded)
    for (const { key } of groups) {
      if (on) next.add(key)
      else next.delete(key)
    }
    return { folded: next }
  })
