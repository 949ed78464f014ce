import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useState } from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router'

import { defaultView, viewSearch } from '#contract/query/views.ts'

import { viewsQuery } from '../../../api/views.ts'

/** The state of a link to all instances, which opens no view. */
export const allInstances = { all: true } as const

const isForAll = (state: unknown): boolean =>
  (Object(state) as Partial<typeof allInstances>).all === true // what is no object has no members

/**
 * Opens the person's default view wherever a link without a query leads to the list, as the server does for an address.
 * Going back, and clearing the filters, lead to what was there. Returns whether the view is being opened.
 */
export function useDefaultView(): boolean {
  const { key, pathname, search, state } = useLocation()
  const type = useNavigationType()
  const navigate = useNavigate()
  const [first] = useState(key)
  // What replaces an address of the list itself is a change of its filters.
  const isOpened = type === 'PUSH' || (type === 'REPLACE' && key === first)
  const isPlain = isOpened && search === '' && !isForAll(state)
  const { data } = useQuery({ ...viewsQuery, enabled: isPlain })
  const view = isPlain ? defaultView(data) : undefined
  const wanted = view ? viewSearch(new URLSearchParams(view.search)) : ''
  // The address is outside React.
  useLayoutEffect(() => {
    // A link that was followed while the views were read has changed it already, and isn't undone.
    const isHere = location.pathname === pathname && location.search === search
    if (wanted && isHere) void navigate(`?${wanted}`, { replace: true })
  }, [wanted, navigate, pathname, search])
  return wanted !== ''
}
