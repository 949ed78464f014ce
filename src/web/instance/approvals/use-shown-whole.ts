import { useQuery } from '@tanstack/react-query'

import type { Approval, ApprovalOrder } from '#contract/people/approval.ts'

import { jobQuery } from '../../api/jobs.ts'
import { useReading } from '../dialogs/use-reading.ts'

/** Whether all that ApprovalBody shows has been read, so that it is what the second person confirms. */
export function useShownWhole(
  { zone = '', instanceId = '' }: Pick<Approval, 'zone' | 'instanceId'>,
  order: ApprovalOrder | undefined,
): boolean {
  const jobId = order && 'jobId' in order ? order.jobId : ''
  const { isFetched } = useQuery({ ...jobQuery(jobId), enabled: jobId !== '' })
  const endpoint =
    order?.kind === 'call'
      ? order.endpoint
      : order?.kind === 'chain'
        ? order.chain.request.endpoint
        : undefined
  const { isReading } = useReading({ zone, id: instanceId }, endpoint)
  return !isReading && (jobId === '' || isFetched)
}
