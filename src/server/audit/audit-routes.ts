/** The routes by which admins read the audit log (contract/audit/audit.ts). */
import { Readable } from 'node:stream'

import type { FastifyInstance, FastifyRequest } from 'fastify'

import { auditResults, type AuditFilter, type AuditPage } from '#contract/audit/audit.ts'

import type { Deps } from '../deps.ts'
import type { Sessions } from '../people/sessions.ts'
import { isWhole } from '../store/kinds.ts'
import { refuse } from '../zone/refusals.ts'
import type { AuditCare } from './audit-care.ts'
import { exported } from './audit-export.ts'
import { lastRow, listAudit, peopleIn, rowsOf } from './audit-list.ts'

const admins = { config: { access: 'admin' } } as const
const longest = 200

const badRequest = () => refuse('invalid', 400, { code: 'bad-request' })

/** The filter of a query; throws a 400 for a value that is none. */
function filterIn(query: unknown): AuditFilter {
  // Fastify's own object; each member is checked here.
  const given = query as Record<string, unknown>
  const text = (name: string): string | undefined => {
    const value = given[name]
    if (value === undefined || value === '') return undefined
    if (typeof value !== 'string' || value.length > longest || !isWhole(value))
      throw badRequest()
    return value
  }
  const number = (name: string): number | undefined => {
    const value = text(name)
    if (value === undefined) return undefined
    if (!/^\d{1,15}$/.test(value)) throw badRequest()
    return Number(value)
  }
  const told = text('result')
  const result = auditResults.find((one) => one === told)
  if (told && !result) throw badRequest()
  const members = {
    from: number('from'),
    until: number('until'),
    before: number('before'),
    after: number('after'),
    person: text('person'),
    zone: text('zone'),
    target: text('target'),
    text: text('text')?.trim(),
    parent: text('parent'),
    result,
  }
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  )
}

type AuditDeps = Pick<Deps, 'store'> & {
  auditCare: AuditCare
  sessions: Pick<Sessions, 'watch'>
}

export function addAuditRoutes(
  app: FastifyInstance,
  { store, auditCare, sessions }: AuditDeps,
): void {
  app.get('/api/audit', admins, async ({ query }): Promise<AuditPage> => {
    const filter = filterIn(query)
    const [found, people] = await Promise.all([listAudit(store, filter), peopleIn(store)])
    const { check, days } = auditCare
    return { ...found, people, days, ...(check ? { check } : {}) }
  })
  app.get('/api/audit/export', admins, async (request: FastifyRequest, reply) => {
    // Fastify's own object; the member is checked here.
    const { format } = request.query as { format?: unknown }
    if (format !== 'csv' && format !== 'jsonl') throw badRequest()
    const filter = filterIn(request.query)
    await auditCare.sign()
    // What is written from now on is not part of it.
    const last = await lastRow(store)
    await request.audit.begin({ event: 'export-audit', changed: { format, ...filter } })
    reply.headers({
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl',
      // Without a name: the page gives it the day that it shows.
      'content-disposition': 'attachment',
    })
    // It may be long, and as slow as who reads it.
    const unwatch = sessions.watch(request, () => reply.raw.destroy())
    reply.raw.once('close', unwatch)
    return reply.send(Readable.from(exported(rowsOf(store, filter, last), format)))
  })
}
