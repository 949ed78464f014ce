import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { Skeleton } from '../ui/Skeleton.tsx'
import { ReadProblem } from './reading/ReadProblem.tsx'

type ListStateProps<T> = {
  query: UseQueryResult<T[]>
  /** What couldn't be read, where the page doesn't say it. */
  problem?: ReactNode
  empty?: ReactNode
  /** About how high the list will be: what is below it must not move away from a click. */
  height?: string
  children: (items: T[]) => ReactNode
}

/** Shows a list of the zone: loading, failed with a Retry button, empty, or its content. */
export function ListState<T>({
  query,
  problem,
  empty,
  height = 'h-11',
  children,
}: ListStateProps<T>) {
  const { data } = query
  if (!data)
    return (
      <ReadProblem
        query={query}
        title={problem}
        waiting={<Skeleton className={height} />}
      />
    )
  return data.length === 0 && empty ? (
    <p className="text-sm text-muted">{empty}</p>
  ) : (
    children(data)
  )
}
