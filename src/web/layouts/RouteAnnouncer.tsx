import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

import { announce } from '../ui/announce.ts'

/**
 * Announces a new page to screen readers: the focus moves to its heading, and its title is announced.
 * It comes after the page inside the same Suspense, so the page is rendered by then. Tabs of one
 * instance count as one page; the browser announces the first page.
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
