import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

import { announce } from '../ui/announce.ts'

/**
 * Tells a person who can't see it that the page changed: the focus goes to its heading and its
 * title is said. It stands after the page inside the same Suspense, so the page is there by
 * then. Tabs of one instance are one page; the first page is announced by the browser.
 */
export function RouteAnnouncer() {
  const { pathname } = useLocation()
  const page = pathname.split('/').slice(0, 4).join('/')
  const announced = useRef(page)
  useEffect(() => {
    if (announced.current === page) return
    announced.current = page
    const main = document.querySelector<HTMLElement>('#main')
    const heading = main?.querySelector<HTMLElement>('h1')
    if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
    const target = heading ?? main
    target?.focus()
    announce(document.title)
  }, [page])
  return null
}
