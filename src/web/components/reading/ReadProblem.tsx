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
 * Why something couldn't be read, with a Retry button; nothing if it could. Retry reads all that the page couldn't read,
 * because not everything that fails has a button of its own.
 */
export function ReadProblem({ query, title, className, waiting }: ReadProblemProps) {
  const queries = useQueryClient()
  const { isPending, isFetching } = query
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
          onClick={() =>
            void queries.refetchQueries({
              type: 'active',
              predicate: ({ state }) => state.status === 'error',
            })
          }
        >
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}
