import { startTransition, useMemo, useOptimistic } from 'react'

import { useAddress } from '../../../hooks/use-address.ts'
import { readView, writeView, type ListView } from './list-view.ts'

/**
 * The view in the address, and how to change it. The router renders a new address as a
 * transition, and an input that waited for it would drop keys: so the typed text is shown at
 * once, and the address's own text again when its transition is done. The address is written
 * with the key, never later: a late write would undo a navigation.
 */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [search, setAddress] = useAddress()
  const [text, showText] = useOptimistic(search.get('q') ?? '')
  const change = (part: Partial<ListView>) =>
    startTransition(() => {
      if (part.text !== undefined) showText(part.text)
      setAddress((now) => writeView(now, { ...readView(now), ...part }))
    })
  const view = useMemo(() => ({ ...readView(search), text }), [search, text])
  return [view, change]
}
