import { useNow } from '../hooks/use-now.ts'
import { formatAge } from './format.ts'

/** How long ago something happened, to the second at first; keeps itself current. */
export function Age({ at }: { at: number }) {
  const now = useNow()
  return formatAge(at, now)
}
