import { Trans } from '@lingui/react/macro'
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { problemOf } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNotice, type ProblemNoticeProps } from '../ProblemNotice.tsx'
import { useReadError } from './use-read-error.ts'

type ReadProblemProps = Pick<ProblemNoticeProps, 'title' | 'className'> & {
  query: UseQueryResult<unknown>
  /** Until it has been read for the first time, if nothing else is shown then. */
  waiting?: ReactNode
}

/**
 * Why something couldn't be read, with a Retry button; nothing if it could. Retry also reads what else the page couldn't
 * read: only the most important of several is told.
 */
export function ReadProblem({ query, title, className, waiting }: ReadProblemProps) {
  const queries = useQueryClient()
  const { isPending, isFetching, refetch } = query
  const error = useReadError(query)
  if (!error) return isPending ? waiting : null
  return (
    <ProblemNotice
      problem={problemOf(error)}
      title={title}
      className={className}
      action={
        <Button
          size="sm"
          pending={isFetching}
          onClick={() => {
            void refetch()
            void queries.refetchQueries(
              { type: 'active', predicate: ({ state }) => state.status === 'error' },
              { cancelRefetch: false },
            )
          }}
        >
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}
