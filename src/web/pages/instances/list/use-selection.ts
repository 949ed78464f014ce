import { useMemo, useRef, useState } from 'react'

import type { Row } from '../../../api/inventory.ts'

export type Selection = {
  /** Selected and shown: hidden instances are not acted on. */
  rows: Row[]
  has: (key: string) => boolean
  toggle: (key: string, range: boolean) => void
  toggleAll: () => void
  /** Selects these rows, or none of them if all are selected. */
  toggleRows: (rows: readonly Row[]) => void
  clear: () => void
}

export const keyOf = ({ key }: Row) => key

/**
 * Which of the shown rows are selected, with ranges from the last one selected. Of `shown`, those in collapsed groups aren't
 * among the `lines`, and no range has them.
 */
export function useSelection(
  shown: readonly Row[],
  lines: readonly { key: string }[],
): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(() => new Set())
  const anchor = useRef<string>(null)

  return useMemo(() => {
    const rows = keys.size === 0 ? [] : shown.filter((row) => keys.has(keyOf(row)))
    return {
      rows,
      has: (key) => keys.has(key),
      toggle: (key, range) => {
        const next = new Set(keys)
        const wanted = !keys.has(key)
        const at = shown.findIndex((row) => keyOf(row) === key)
        const from = range ? shown.findIndex((row) => keyOf(row) === anchor.current) : at
        const [first, last] = from < 0 ? [at, at] : [Math.min(from, at), Math.max(from, at)]
        const seen = new Set(range ? lines.map((line) => line.key) : [key])
        for (const row of shown.slice(first, last + 1)) {
          if (!seen.has(keyOf(row))) continue
          if (wanted) next.add(keyOf(row))
          else next.delete(keyOf(row))
        }
        anchor.current = key
        setKeys(next)
      },
      toggleAll: () => {
        setKeys(rows.length === shown.length ? new Set() : new Set(shown.map(keyOf)))
      },
      toggleRows: (some) => {
        const next = new Set(keys)
        const all = some.every(({ key }) => keys.has(key))
        for (const { key } of some) {
          if (all) next.delete(key)
          else next.add(key)
        }
        anchor.current = null
        setKeys(next)
      },
      clear: () => setKeys(new Set()),
    }
  }, [shown, lines, keys])
}
