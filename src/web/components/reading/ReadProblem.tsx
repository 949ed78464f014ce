import { Trans } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

import { problemOf } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNotice, type ProblemNoticeProps } from '../ProblemNotice.tsx'

type ReadProblemProps = Pick<ProblemNoticeProps, 'title'> & {
  query: UseQueryResult<unknown>
}

/** Why something couldn't be read, with a Retry button; nothing if it could. */
export function ReadProblem({ query, title }: ReadProblemProps) {
  const { error, isPending, isFetching, refetch } = query
  // A query forgets its error as it begins again, and the button that began it would disappear with the focus.
  const [last, setLast] = useState(error)
  if (!isPending && error !== last) setLast(error)
  const shown = isPending ? last : error
  if (!shown) return null
  return (
    <ProblemNotice
      problem={problemOf(shown)}
      title={title}
      action={
        <Button size="sm" pending={isFetching} onClick={() => void refetch()}>
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}
