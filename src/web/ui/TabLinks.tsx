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
  // Outside system: the scroll position.
  useEffect(() => {
    scrollSideways(nav.current, `a[href="${CSS.escape(current)}"]`)
  }, [current])
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
