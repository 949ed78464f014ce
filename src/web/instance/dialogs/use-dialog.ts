import { useLocation, useNavigate, useParams } from 'react-router'

import {
  haveSameDialog,
  withoutDialog,
  writeDialog,
  type DialogId,
  type Target,
} from './dialog-address.ts'

/** Which key of the address names what a question is about, besides the instance. */
export function partOf(dialog: DialogId): 'volume' | 'to' | 'snapshot' {
  if (dialog.endsWith('-volume')) return 'volume'
  return ['rename', 'scale', 'grow'].includes(dialog) ? 'to' : 'snapshot'
}

/** Opens a question about an instance by writing it into the address. */
export function useOpenDialog(): (
  dialog: DialogId,
  target: Target,
  /** The snapshot or the volume that the question is about, or its initial value. */
  part?: string,
) => void {
  const navigate = useNavigate()
  const { id } = useParams()
  return (dialog, target, part) => {
    // The address is read when a question opens, so that rows don't render with each change of it.
    const on = id === target.id ? undefined : target
    const search = writeDialog(new URLSearchParams(location.search), dialog, {
      on,
      [partOf(dialog)]: part,
    })
    void navigate({ search: `?${search}` }, { state: { asked: true } })
  }
}

/** Replaces the open question with another: closing that one leads to the page, not back to the first. */
export function useSwapDialog(): (dialog: DialogId, target: Target) => void {
  const navigate = useNavigate()
  const { state, search } = useLocation()
  return (dialog, target) => {
    const now = new URLSearchParams(search)
    const next = writeDialog(now, dialog, { on: now.has('on') ? target : undefined })
    void navigate({ search: `?${next}` }, { replace: true, state })
  }
}

/**
 * Whether the address still names the question that was rendered: the response may come after the person
 * has left the question, which Back does at any time.
 */
export function useStillAsked(): () => boolean {
  const { pathname, search } = useLocation()
  return () =>
    location.pathname === pathname &&
    haveSameDialog(new URLSearchParams(location.search), new URLSearchParams(search))
}

/**
 * Closes the open dialog; goes back in the history if it was opened from within the page. Does nothing if
 * the question has been left already: another step back would leave the page.
 */
export function useCloseDialog(): () => void {
  const navigate = useNavigate()
  const { state, search } = useLocation()
  const isStillAsked = useStillAsked()
  return () => {
    if (!isStillAsked()) return
    const asked = (state as { asked?: boolean } | null)?.asked // only useOpenDialog sets it
    if (asked) void navigate(-1)
    else
      void navigate(
        { search: `?${withoutDialog(new URLSearchParams(search))}` },
        { replace: true },
      )
  }
}
