import { Trans } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { problemOf } from '../api/client.ts'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { ProblemNotice } from './ProblemNotice.tsx'

type ListStateProps<T> = {
  query: UseQueryResult<T[]>
  empty?: ReactNode
  children: (items: T[]) => ReactNode
}

/** Shows a list of the zone: loading, failed with a Retry button, empty, or its content. */
export function ListState<T>({ query, empty, children }: ListStateProps<T>) {
  const { data, error, isPending, isFetching, refetch } = query
  if (data) {
    return data.length === 0 && empty ? (
      <p className="text-sm text-muted">{empty}</p>
    ) : (
      children(data)
    )
  }
  if (isPending) return <Skeleton className="h-11" />
  return (
    <div className="grid justify-items-start gap-2">
      <ProblemNotice problem={problemOf(error)} />
      <Button size="sm" pending={isFetching} onClick={() => void refetch()}>
        <Trans>Retry</Trans>
      </Button>
    </div>
  )
}
