/** A job's dialog has an address: `?job=<id>`, and `&ask=undo` where something is asked first. */
import { useLocation, useNavigate, useSearchParams } from 'react-router'

export type JobAsk = 'undo' | 'retry'

/** The search of the address with a job's dialog in it; everything else in it is kept. */
export function withJobDialog(search: string, id: string, ask?: JobAsk): string {
  const next = new URLSearchParams(search)
  next.set('job', id)
  if (ask) next.set('ask', ask)
  else next.delete('ask')
  return `?${next}`
}

export function withoutJobDialog(search: string): string {
  const next = new URLSearchParams(search)
  next.delete('job')
  next.delete('ask')
  const rest = String(next)
  return rest && `?${rest}`
}

/** What the dialog asks first, if anything. */
export function useJobAsk(): JobAsk | null {
  const [search] = useSearchParams()
  const ask = search.get('ask')
  return ask === 'undo' || ask === 'retry' ? ask : null
}

/** Opens a job's dialog, over another that is open as well. */
export function useOpenJob(): (id: string, ask?: JobAsk) => void {
  const navigate = useNavigate()
  return (id, ask) => {
    // Read when it is called: the address may have changed since the last render.
    const open = new URLSearchParams(location.search).has('job')
    void navigate({ search: withJobDialog(location.search, id, ask) }, { replace: open })
  }
}

/**
 * Goes on from a job's dialog to another, or to the same job without its question. Does nothing if the address
 * no longer names that dialog: the response may come after it has been closed.
 */
export function useGoOnFromJob(from: string): (id: string) => void {
  const { pathname } = useLocation()
  const open = useOpenJob()
  const ask = useJobAsk()
  return (id) => {
    const now = new URLSearchParams(location.search)
    if (location.pathname !== pathname || now.get('job') !== from || now.get('ask') !== ask)
      return
    open(id)
  }
}

export function useCloseJob(): () => void {
  const navigate = useNavigate()
  const { search } = useLocation()
  return () => void navigate({ search: withoutJobDialog(search) }, { replace: true })
}
