import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { Skeleton } from '../ui/Skeleton.tsx'
import { ReadProblem } from './reading/ReadProblem.tsx'

type ListStateProps<T> = {
  query: UseQueryResult<T[]>
  /** What couldn't be read, where the page doesn't say it. */
  problem?: ReactNode
  empty?: ReactNode
  children: (items: T[]) => ReactNode
}

/** Shows a list of the zone: loading, failed with a Retry button, empty, or its content. */
export function ListState<T>({ query, problem, empty, children }: ListStateProps<T>) {
  const { data } = query
  if (!data)
    return (
      <ReadProblem query={query} title={problem} waiting={<Skeleton className="h-11" />} />
    )
  return data.length === 0 && empty ? (
    <p className="text-sm text-muted">{empty}</p>
  ) : (
    children(data)
  )
}
