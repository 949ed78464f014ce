import { queryOptions } from '@tanstack/react-query'

import {
  jobEndpoints,
  jobUndo,
  type Job,
  type JobDetail,
  type JobOrder,
} from '#contract/job.ts'

import { rememberOwnJob } from '../stores/calls.ts'
import { needsSecond } from '../stores/four-eyes.ts'
import { askSecond, request, sendOrder } from './client.ts'
import { rememberJob } from './inventory.ts'
import type { RequestKey } from './once.ts'

/*
 * What the server does for a person with many instances at once (contract/job.ts). Each answer
 * is known to the pages at once, before the feed brings it.
 */

const path = (id: string, rest = '') => `/api/jobs/${encodeURIComponent(id)}${rest}`

async function known<T extends Job>(answer: Promise<T>): Promise<T> {
  const job = await answer
  rememberJob(job)
  return job
}

/** The same of a job that was begun here, whose calls are this tab's. */
async function own(answer: Promise<Job>, since?: number): Promise<Job> {
  const job = await known(answer)
  rememberOwnJob(job.id, since ?? job.startedAt)
  return job
}

/** Has the server do what was confirmed; the same key again gets the job that it made. */
export const orderJob = (order: JobOrder & { key: RequestKey }): Promise<Job> =>
  needsSecond(jobEndpoints[order.action])
    ? askSecond({ kind: 'job', job: order }, order.key)
    : own(request<Job>('POST', '/api/jobs', order))
/** No further request is sent. */
export const stopJob = (id: string) => known(request<JobDetail>('POST', path(id, '/stop')))
type Acting = Pick<Job, 'id' | 'action'>

/** Sends those that failed once more. */
export const retryJob = ({ id, action }: Acting, key: RequestKey): Promise<Job> =>
  needsSecond(jobEndpoints[action])
    ? askSecond({ kind: 'retry-job', jobId: id }, key)
    : own(sendOrder<Job>(path(id, '/retry'), key), Date.now())
/** Takes back what succeeded; the answer is the job that does so. */
export const undoJob = ({ id, action }: Acting, key: RequestKey): Promise<Job> =>
  needsSecond(jobEndpoints[jobUndo[action] ?? action])
    ? askSecond({ kind: 'undo-job', jobId: id }, key)
    : own(sendOrder<Job>(path(id, '/undo'), key))

/** A job with the result of each instance. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: () => request<JobDetail>('GET', path(id)),
    staleTime: 1_000,
  })
