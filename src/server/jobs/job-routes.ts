/** The routes of jobs (contract/job.ts). */
import type { FastifyInstance } from 'fastify'

import { once } from '../calls/once.ts'
import type { RouteDeps } from '../deps.ts'
import { checkJob, checkJobId } from './check-job.ts'

const signedIn = { config: { access: 'session', audited: 'yes' } } as const
/** An order of `JOB_MAX` instances, whose names have up to 255 characters. */
const orderBytes = 8 * 1024 * 1024

type Named = { Params: { id: string } }

export function addJobRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { jobs } = deps
  // Its key is in the order: sent again, it is answered with the job that it made.
  app.post('/api/jobs', { ...signedIn, bodyLimit: orderBytes }, (request) =>
    jobs.begin(checkJob(deps, request), request),
  )
  app.get<Named>('/api/jobs/:id', signedIn, ({ params }) => jobs.detail(params.id))
  app.post<Named>('/api/jobs/:id/stop', signedIn, async (request) =>
    jobs.stop(await checkJobId(deps, request), request.audit),
  )
  app.post<Named>('/api/jobs/:id/retry', signedIn, (request) =>
    once(deps, request, async () =>
      jobs.retry(await checkJobId(deps, request), request.audit),
    ),
  )
  app.post<Named>('/api/jobs/:id/undo', signedIn, async (request) =>
    jobs.undo(await checkJobId(deps, request, { undoes: true }), request),
  )
}
