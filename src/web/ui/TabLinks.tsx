import { useEffect, useRef, type ReactNode } from 'react'

import { scrollSideways } from './scroll-sideways.ts'

type TabLinksProps = {
  label: string
  /** The path of the view shown, whose link is brought into sight on narrow screens. */
  current: string
  children: ReactNode
}

/** Views of one thing, each with an address; hence links, not the ARIA tab pattern. */
export function TabLinks({ label, current, children }: TabLinksProps) {
  const nav = useRef<HTMLElement>(null)
  const shown = useRef('')
  // Outside system: the scroll position. A count that comes later moves the links behind it.
  useEffect(() => {
    const now = `${current} ${nav.current?.scrollWidth}`
    if (now === shown.current) return
    shown.current = now
    scrollSideways(nav.current, `a[href="${CSS.escape(current)}"]`)
  })
  return (
    <nav
      ref={nav}
      aria-label={label}
      className="ui-more flex gap-5 overflow-x-auto overflow-y-hidden border-b [scrollbar-width:none]"
    >
      {children}
    </nav>
  )
}
