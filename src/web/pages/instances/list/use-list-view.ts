import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'

import { readView, writeView, type ListView } from './list-view.ts'

/**
 * The view in the address, and how to change it. The typed text is kept here as well, because
 * the router renders addresses as transitions: an input that waited for them would lose keys.
 * The address is written with the key, never later: a late write would undo a navigation.
 */
export function useListView(): [ListView, (change: Partial<ListView>) => void] {
  const [search, setSearch] = useSearchParams()
  const inAddress = search.get('q') ?? ''
  const [text, setText] = useState(inAddress)
  const latest = useRef(inAddress)
  /** Texts of ours that the address has yet to show, or showed on its way to the latest. */
  const underway = useRef(new Set<string>())

  // The address is outside: Back and links change the text, our own writing does not.
  useEffect(() => {
    const own = underway.current.has(inAddress)
    if (inAddress === latest.current) underway.current.clear()
    else if (!own) {
      latest.current = inAddress
      setText(inAddress)
    }
  }, [inAddress])

  const change = (part: Partial<ListView>) => {
    if (part.text !== undefined && part.text !== text) {
      latest.current = part.text
      underway.current.add(part.text)
      setText(part.text)
    }
    setSearch((now) => writeView(now, { ...readView(now), text, ...part }), {
      replace: true,
    })
  }
  const view = useMemo(() => ({ ...readView(search), text }), [search, text])
  return [view, change]
}
