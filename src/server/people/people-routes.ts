/** The routes by which admins manage people (contract/people/people.ts). */
import type { FastifyInstance, FastifyRequest } from 'fastify'

import {
  INVITATION_MS,
  type Invited,
  type NewPerson,
  type PersonChange,
  type PersonRow,
} from '#contract/people/people.ts'

import { parseBody } from '../calls/bodies.ts'
import type { PeopleDeps } from '../deps.ts'
import { mayDo } from '../jobs/check-job.ts'
import { refuse } from '../zone/refusals.ts'
import { checkName, checkRole, requireOwn } from './people.ts'

const admins = { config: { access: 'admin', audited: 'yes' } } as const

type Named = { Params: { id: string } }

/** What of a person is to be changed; throws a 400 for a value that can't be. */
function changeIn({ body }: FastifyRequest): PersonChange {
  // What is no object has no members, and each is checked here.
  const { name, role, disabled } = Object(parseBody(body)) as Partial<PersonChange>
  if (disabled !== undefined && typeof disabled !== 'boolean')
    throw refuse('invalid', 400, { code: 'bad-request' })
  return {
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(role === undefined ? {} : { role: checkRole(role) }),
    ...(disabled === undefined ? {} : { disabled }),
  }
}

export function addPeopleRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { gate, people, sessions, invitations, jobs } = deps
  const invite = async (id: string): Promise<Invited> => {
    const link = await invitations.make(id, INVITATION_MS)
    return { person: await people.row(id), ...link }
  }
  app.get('/api/people', admins, async (): Promise<PersonRow[]> => {
    gate.requireAccounts()
    return people.list()
  })
  app.post('/api/people', admins, async (request): Promise<Invited> => {
    gate.requireAccounts()
    // As above.
    const { name, role } = Object(parseBody(request.body)) as Partial<NewPerson>
    const person = { name: checkName(name), role: checkRole(role) }
    await request.audit.begin({ event: 'invite-person', changed: person })
    return invite(await people.add(person.name, person.role))
  })
  app.put<Named>('/api/people/:id', admins, async (request): Promise<PersonRow> => {
    gate.requireAccounts()
    const { id } = request.params
    const change = changeIn(request)
    const { name } = await people.row(id)
    await request.audit.begin({
      event: 'update-person',
      target: { id, name },
      changed: change,
    })
    await people.change(id, change)
    if (change.disabled) {
      await sessions.endAll(id)
      await invitations.endOf(id)
    } else if (change.role) await sessions.refresh(id)
    const row = await people.row(id)
    await jobs.stopOf(id, (action) => !row.disabled && mayDo(row.role, action))
    return row
  })
  app.delete<Named>('/api/people/:id', admins, async (request, reply) => {
    gate.requireAccounts()
    const { id } = request.params
    const { name } = await people.row(id)
    await request.audit.begin({ event: 'delete-person', target: { id, name } })
    await people.remove(id)
    await sessions.endAll(id)
    await jobs.stopOf(id, () => false)
    return reply.code(204).send()
  })
  app.post<Named>(
    '/api/people/:id/invitation',
    admins,
    async (request): Promise<Invited> => {
      gate.requireAccounts()
      const row = await people.row(request.params.id)
      requireOwn(row)
      const { id, name } = row
      await request.audit.begin({ event: 'create-invitation', target: { id, name } })
      return invite(id)
    },
  )
}
