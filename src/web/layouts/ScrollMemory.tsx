/**
 * Back and Forward lead to where a page was scrolled, which browsers do only for the document itself:
 * here `#main` scrolls, or the list's own box. Places are remembered by the key of the history's entry,
 * and in the tab's storage for a page that is loaded again.
 */
import { useLayoutEffect, useRef } from 'react'
import { useLocation, useNavigationType } from 'react-router'

import { pageOf } from './page-of.ts'

/** Scroll offsets in pixels, by the selector of what is scrolled. */
type Places = Record<string, number>

// Not in the list that the server rendered, which is still there as the first page is shown.
const main = '#root #main'
const scrollers = [main, '#root [data-scrolls=list]']
const storageKey = 'vedette:places'
const mostEntries = 100
/** Rows and pages may come a moment later than the address. */
const waitMs = 5_000

function readPlaces(): Map<string, Places> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    return new Map(stored as [string, Places][]) // written below
  } catch {
    return new Map()
  }
}

function writePlaces(places: ReadonlyMap<string, Places>): void {
  try {
    const newest = [...places].slice(-mostEntries)
    sessionStorage.setItem(storageKey, JSON.stringify(newest))
  } catch {
    // Without storage, a page that is loaded again begins at its top.
  }
}

/** The router has one name for every entry that it didn't make: those of addresses that were typed. */
const entryOf = (key: string, pathname: string) =>
  key === 'default' ? `${key} ${pathname}` : key

/** Whether the address was typed or followed: not loaded again, nor come back to from another site. */
const isNewDocument = () =>
  performance
    .getEntriesByType('navigation')
    .every((entry) => (entry as PerformanceNavigationTiming).type === 'navigate') // asked for by type

/** Scrolls as soon as there is enough to scroll, until the person does something. */
function restore(wanted: Places): () => void {
  const off = new AbortController()
  const left = new Map(Object.entries(wanted).filter(([, top]) => top > 0))
  const until = Date.now() + waitMs
  const tryNow = () => {
    for (const [selector, top] of left) {
      const element = document.querySelector(selector)
      if (!element || element.scrollHeight - element.clientHeight < top) continue
      element.scrollTop = top
      left.delete(selector)
    }
    if (left.size > 0 && Date.now() < until && !off.signal.aborted)
      requestAnimationFrame(tryNow)
  }
  const options = { signal: off.signal, capture: true, passive: true }
  for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    document.addEventListener(type, () => off.abort(), options)
  tryNow()
  return () => off.abort()
}

export function ScrollMemory() {
  const { key, pathname } = useLocation()
  const isBack = useNavigationType() === 'POP'
  const places = useRef<Map<string, Places>>(undefined)
  const now = useRef<{ page: string; places: Places }>(undefined)
  const page = pageOf(pathname)

  // Outside React: where its elements are scrolled.
  useLayoutEffect(() => {
    const note = ({ target }: Event) => {
      if (!(target instanceof Element) || !now.current) return
      const selector = scrollers.find((one) => target.matches(one))
      if (selector) now.current.places[selector] = target.scrollTop
    }
    const keep = () => places.current && writePlaces(places.current)
    document.addEventListener('scroll', note, { capture: true, passive: true })
    window.addEventListener('pagehide', keep)
    return () => {
      document.removeEventListener('scroll', note, { capture: true })
      window.removeEventListener('pagehide', keep)
    }
  }, [])

  useLayoutEffect(() => {
    places.current ??= readPlaces()
    const samePage = now.current?.page === page
    const entry = entryOf(key, pathname)
    const isReturn = now.current ? isBack : !isNewDocument()
    const known = isReturn ? places.current.get(entry) : undefined
    // A filter or a question is another entry of the history, at the same place.
    const own = { ...(known ?? (samePage ? now.current?.places : undefined)) }
    places.current.delete(entry)
    places.current.set(entry, own)
    // It may have been scrolled before this is mounted.
    if (!now.current && !known)
      for (const one of scrollers) own[one] = document.querySelector(one)?.scrollTop ?? 0
    else if (!samePage && !known) document.querySelector(main)?.scrollTo(0, 0)
    now.current = { page, places: own }
    if (known) return restore({ ...known })
  }, [key, pathname, page, isBack])
  return null
}
