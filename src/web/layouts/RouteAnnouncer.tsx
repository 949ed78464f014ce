import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

import { announce } from '../ui/announce.ts'
import { pageOf } from './page-of.ts'

/**
 * Announces a new page to screen readers: the focus moves to its heading, and its title is announced.
 * It comes after the page inside the same Suspense, so the page is rendered by then. Tabs of one
 * instance count as one page, in which the focus stays; the browser announces the first page.
 */
export function RouteAnnouncer() {
  const { pathname } = useLocation()
  const announced = useRef(pathname)
  useEffect(() => {
    if (announced.current === pathname) return
    const samePage = pageOf(announced.current) === pageOf(pathname)
    announced.current = pathname
    announce(document.title)
    if (samePage) return
    const main = document.querySelector<HTMLElement>('#main')
    const heading = main?.querySelector<HTMLElement>('h1')
    if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1
    const target = heading ?? main
    // Where the page is scrolled is ScrollMemory's.
    target?.focus({ preventScroll: true })
  }, [pathname])
  return null
}
