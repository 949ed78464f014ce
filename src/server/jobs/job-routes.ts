/** The routes of jobs (contract/job.ts). */
import type { FastifyInstance } from 'fastify'

import { once } from '../calls/once.ts'
import type { RouteDeps } from '../deps.ts'
import { checkJob, checkJobId, readJob, siftDetail, siftMade } from './check-job.ts'

const signedIn = {
  config: { access: 'session', audited: 'yes', narrowed: 'inside' },
} as const
/** An order of `JOB_MAX` instances, whose names have up to 255 characters. */
const orderBytes = 8 * 1024 * 1024

type Named = { Params: { id: string } }

export function addJobRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { jobs } = deps
  // Its key is in the order: sent again, it is answered with the job that it made.
  app.post('/api/jobs', { ...signedIn, bodyLimit: orderBytes }, (request) =>
    jobs.begin(checkJob(deps, request), request),
  )
  app.get<Named>('/api/jobs/:id', signedIn, (request) => readJob(deps, request))
  app.post<Named>('/api/jobs/:id/stop', signedIn, async (request) =>
    siftDetail(
      await jobs.stop(await checkJobId(deps, request, { stops: true }), request.audit),
      request.reach,
    ),
  )
  app.post<Named>('/api/jobs/:id/retry', signedIn, (request) =>
    once(deps, request, async () =>
      siftMade(await jobs.retry(await checkJobId(deps, request), request), request.reach),
    ),
  )
  app.post<Named>('/api/jobs/:id/undo', signedIn, async (request) =>
    siftMade(
      await jobs.undo(await checkJobId(deps, request, { undoes: true }), request),
      request.reach,
    ),
  )
}
