/** Links to an instance's screen. */
import type { ComponentProps } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'

import type { Row } from '../api/inventory.ts'
import { aboutToOpen, preloadConsole } from './preload.ts'

/** What a link to a console gives along to have a tool open there. */
export type ToolToOpen = { tool: string }

/** The address of an instance's screen, for the same kind of window as this one. */
function useScreenAddress(): (row: Row) => string {
  const { pathname } = useLocation()
  const own = pathname.startsWith('/console/')
  return ({ zone, id }) =>
    own ? `/console/${zone}/${id}` : `/instances/${zone}/${id}/console`
}

/** Opens an instance's screen, with one of its tools open. */
export function useOpenScreen(): (row: Row, state?: ToolToOpen) => void {
  const addressOf = useScreenAddress()
  const navigate = useNavigate()
  return (row, state) => {
    aboutToOpen(row)
    void navigate(addressOf(row), { state })
  }
}

export function ScreenLink({
  row,
  onClick,
  ...props
}: { row: Row } & Omit<ComponentProps<typeof Link>, 'to'>) {
  const { pathname } = useLocation()
  const address = useScreenAddress()(row)
  return (
    <Link
      to={address}
      onPointerEnter={preloadConsole}
      onFocus={preloadConsole}
      onClick={(event) => {
        onClick?.(event)
        const { ctrlKey, metaKey, shiftKey } = event
        // With these keys the link opens elsewhere, and this page stays.
        const elsewhere = ctrlKey || metaKey || shiftKey
        if (!elsewhere && address !== pathname) aboutToOpen(row)
      }}
      {...props}
    />
  )
}
