import { Skeleton } from '../../ui/Skeleton.tsx'
import { Unknown } from '../Unknown.tsx'

type MissingValueProps = {
  /** Whether it may still come. */
  isReading: boolean
  title?: string | undefined
  /** The size of the bar; by default that of a short word on its line. */
  className?: string
}

/** In place of a value that isn't there: a bar while it is being read, and *Unknown* after that. */
export function MissingValue({
  isReading,
  title,
  className = 'h-lh w-24 max-w-full',
}: MissingValueProps) {
  return isReading ? <Skeleton className={className} /> : <Unknown title={title} />
}
