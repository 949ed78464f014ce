import { Trans } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { problemOf } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNotice, type ProblemNoticeProps } from '../ProblemNotice.tsx'
import { useReadError } from './use-read-error.ts'

type ReadProblemProps = Pick<ProblemNoticeProps, 'title'> & {
  query: UseQueryResult<unknown>
  /** Until it has been read for the first time, if nothing else is shown then. */
  waiting?: ReactNode
}

/** Why something couldn't be read, with a Retry button; nothing if it could. */
export function ReadProblem({ query, title, waiting }: ReadProblemProps) {
  const { isPending, isFetching, refetch } = query
  const error = useReadError(query)
  if (!error) return isPending ? waiting : null
  return (
    <ProblemNotice
      problem={problemOf(error)}
      title={title}
      action={
        <Button size="sm" pending={isFetching} onClick={() => void refetch()}>
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}
