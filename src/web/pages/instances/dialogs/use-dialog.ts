import { useLocation, useNavigate, useParams } from 'react-router'

import { withoutDialog, writeDialog, type DialogId, type Target } from './dialog-address.ts'

/** Opens a question about an instance, by the address. */
export function useOpenDialog(): (
  dialog: DialogId,
  target: Target,
  snapshot?: string,
) => void {
  const navigate = useNavigate()
  const { id } = useParams()
  return (dialog, target, snapshot) => {
    // The address is read when it is asked for: rows that could open one need not follow it.
    const on = id === target.id ? undefined : target
    const search = writeDialog(new URLSearchParams(location.search), dialog, {
      on,
      snapshot,
    })
    void navigate({ search: `?${search}` }, { state: { asked: true } })
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
