/** The dialog of an approval has an address: `?approval=<id>`, over whatever page that is. */
import { useLocation, useNavigate } from 'react-router'

const member = 'approval'

export const approvalIn = (search: URLSearchParams): string | null => search.get(member)

/** The search of the address with an approval's dialog in it, or without one; everything else in it is kept. */
export function withApproval(search: string, id?: string): string {
  const next = new URLSearchParams(search)
  if (id === undefined) next.delete(member)
  else next.set(member, id)
  const text = String(next)
  return text && `?${text}`
}

export function useCloseApproval(): () => void {
  const navigate = useNavigate()
  const { search } = useLocation()
  return () => void navigate({ search: withApproval(search) }, { replace: true })
}
