/** The routes by which admins manage people (contract/people/people.ts). */
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { Role } from '#contract/endpoints.ts'
import { AREA_LABELS_MOST, type Area } from '#contract/people/area.ts'
import {
  INVITATION_MS,
  type Invited,
  type NewPerson,
  type PersonChange,
  type PersonRow,
} from '#contract/people/people.ts'

import { parseBody } from '../calls/bodies.ts'
import type { PeopleDeps } from '../deps.ts'
import { refuse } from '../zone/refusals.ts'
import { areaWords, checkArea } from './area-rows.ts'
import { keepJobs, reopen } from './kept-rights.ts'
import { checkName, checkRole, requireOwn, requireSeen } from './people.ts'

const admins = { config: { access: 'admin', audited: 'yes' } } as const

type Named = { Params: { id: string } }

/** What of a person is to be changed; throws a 400 for a value that can't be. */
function changeIn(
  { body }: FastifyRequest,
  isKnown: (zone: string) => boolean,
): PersonChange {
  // What is no object has no members, and each is checked here.
  const { name, role, disabled, area } = Object(parseBody(body)) as Partial<PersonChange>
  const narrowed = checkArea(area, isKnown)
  if (disabled !== undefined && typeof disabled !== 'boolean')
    throw refuse('invalid', 400, { code: 'bad-request' })
  return {
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(role === undefined ? {} : { role: checkRole(role) }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(narrowed === undefined ? {} : { area: narrowed }),
  }
}

/** Throws a 400 for an admin who is to be narrowed. */
function requireNarrowable(role: Role, area: Area | null | undefined): void {
  if (area && role === 'admin')
    throw refuse('invalid', 400, { code: 'bad-area', most: AREA_LABELS_MOST })
}

/** What the audit log says of a change: of the narrowing, also what it was. */
function changedIn({ area, ...change }: PersonChange, before: PersonRow) {
  if (area === undefined) return change
  return { ...change, area: areaWords(area), areaBefore: areaWords(before.area) }
}

export function addPeopleRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { gate, people, sessions, invitations, jobs } = deps
  const isKnown = (zone: string) => deps.zones.has(zone)
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
    const { name, role, area } = Object(parseBody(request.body)) as Partial<NewPerson>
    const person = { name: checkName(name), role: checkRole(role) }
    const narrowed = checkArea(area, isKnown) ?? null
    requireNarrowable(person.role, narrowed)
    const changed = { ...person, ...(narrowed ? { area: areaWords(narrowed) } : {}) }
    await request.audit.begin({ event: 'invite-person', changed })
    return invite(await people.add(person.name, person.role, null, narrowed))
  })
  app.put<Named>('/api/people/:id', admins, async (request): Promise<PersonRow> => {
    gate.requireAccounts()
    const { id } = request.params
    const change = changeIn(request, isKnown)
    const before = await people.row(id)
    const seen = request.headers['if-match']
    requireSeen(before, seen)
    requireNarrowable(change.role ?? before.role, change.area)
    await request.audit.begin({
      event: 'update-person',
      target: { id, name: before.name },
      changed: changedIn(change, before),
    })
    await people.change(id, change, seen)
    if (change.disabled) {
      await sessions.endAll(id)
      await invitations.endOf(id)
    } else if (change.role || change.area !== undefined) {
      const wasOrIsNarrowed = change.area !== undefined || before.area !== undefined
      await reopen(deps, { id, wasOrIsNarrowed })
    }
    const row = await people.row(id)
    await keepJobs(deps, row)
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
