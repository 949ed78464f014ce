import { useLocation, useNavigate, useParams } from 'react-router'

import { withoutDialog, writeDialog, type DialogId, type Target } from './dialog-address.ts'

/** What in the address says what a question is about, besides the instance. */
export function partOf(dialog: DialogId): 'volume' | 'to' | 'snapshot' {
  if (dialog.endsWith('-volume')) return 'volume'
  return ['rename', 'scale', 'grow'].includes(dialog) ? 'to' : 'snapshot'
}

/** Opens a question about an instance, by the address. */
export function useOpenDialog(): (
  dialog: DialogId,
  target: Target,
  /** The snapshot or the volume of it that the question is about, or what it begins with. */
  part?: string,
) => void {
  const navigate = useNavigate()
  const { id } = useParams()
  return (dialog, target, part) => {
    // The address is read when it is asked for: rows that could open one need not follow it.
    const on = id === target.id ? undefined : target
    const search = writeDialog(new URLSearchParams(location.search), dialog, {
      on,
      [partOf(dialog)]: part,
    })
    void navigate({ search: `?${search}` }, { state: { asked: true } })
  }
}

/** Asks something else instead: closing it then leads to the page, not to the first question. */
export function useSwapDialog(): (dialog: DialogId, target: Target) => void {
  const navigate = useNavigate()
  const { state, search } = useLocation()
  return (dialog, target) => {
    const now = new URLSearchParams(search)
    const next = writeDialog(now, dialog, { on: now.has('on') ? target : undefined })
    void navigate({ search: `?${next}` }, { replace: true, state })
  }
}

/** Closes the open question: by going back where it was opened from here. */
export function useCloseDialog(): () => void {
  const navigate = useNavigate()
  const { state, search } = useLocation()
  return () => {
    const asked = (state as { asked?: boolean } | null)?.asked // only useOpenDialog sets it
    if (asked) void navigate(-1)
    else
      void navigate(
        { search: `?${withoutDialog(new URLSearchParams(search))}` },
        { replace: true },
      )
  }
}
