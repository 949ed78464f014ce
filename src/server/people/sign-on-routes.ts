/**
 * The two addresses of a sign-in by the identity provider (contract/people/sign-on.ts). Browsers navigate to
 * them, so that each trouble leads to the sign-in page, which has a sentence for it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Role } from '#contract/endpoints.ts'
import { signInPath, whereTo, type SignOnProblem } from '#contract/people/sign-on.ts'

import { endWaiting } from '../approvals/approval-rows.ts'
import { actorOf } from '../audit/asked.ts'
import type { PeopleDeps } from '../deps.ts'
import { StoreOutage } from '../store/outage.ts'
import type { Seal } from '../store/seal.ts'
import { groupsIn, highestRole, nameIn, type Claims } from './claims.ts'
import { keepJobs, reopen } from './kept-rights.ts'
import { SignOnError, type Provider, type Subject } from './provider.ts'
import { Transactions, type Transaction } from './transactions.ts'

const everyone = { config: { access: 'public' } } as const

/** What an error means for the person. */
const whyOf = (error: unknown): SignOnProblem =>
  error instanceof SignOnError
    ? error.why
    : error instanceof StoreOutage
      ? 'store-unavailable'
      : 'internal'

/** What a sign-in changes: a person is new, or has another role than the last time. */
function changesOf(before: Role | undefined, after: Role): Record<string, unknown> {
  if (before === undefined) return { created: true, role: after }
  return before === after ? {} : { role: { before, after } }
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/**
 * A page of our own that goes on to `to`. A redirect would be part of the way that another site began, on which
 * browsers don't send a strict cookie.
 */
function goOn(reply: FastifyReply, to: string): FastifyReply {
  const url = to.replace(/[&<>"]/g, (character) => escapes[character] ?? '')
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><meta charset="utf-8"><title>Vedette</title><meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">Vedette</a>`,
    )
}

class SignOn {
  readonly #deps: PeopleDeps
  readonly #provider: Provider
  readonly #transactions: Transactions

  constructor(deps: PeopleDeps, provider: Provider, seal: Seal) {
    this.#deps = deps
    this.#provider = provider
    const { store, gate } = deps
    this.#transactions = new Transactions({ store, seal, secure: gate.secure })
  }

  /** Leads to the sign-in page with the reason, which the log has as well. */
  #fail(
    request: FastifyRequest,
    reply: FastifyReply,
    { error, to }: { error: unknown; to: string },
  ): FastifyReply {
    const from = request.ip
    const why = whyOf(error)
    if (error instanceof SignOnError)
      request.log.warn({ from, why, detail: error.detail }, 'could not sign someone in')
    else request.log.error({ from, err: error }, 'could not sign someone in')
    return reply.redirect(signInPath(to, why), 303)
  }

  async start(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const to = whereTo(queryOf(request).get('to'))
    try {
      // A strict cookie comes along if the person selected this on one of Vedette's own pages.
      const before = await this.#deps.gate.find(request, false)
      const transaction = this.#transactions.begin(
        to,
        before?.session ? { person: before.person.id, session: before.session } : undefined,
      )
      const url = await this.#provider.startUrl(transaction)
      this.#transactions.keep(request, reply, transaction)
      return await reply.redirect(url, 302)
    } catch (error) {
      await this.#note(request, error)
      return this.#fail(request, reply, { error, to })
    }
  }

  async callback(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = queryOf(request)
    const transaction = this.#transactions.take(request, reply, query.get('state') ?? '')
    const to = transaction?.to ?? '/'
    try {
      if (!transaction) throw new SignOnError('sign-on-expired', 'no transaction')
      const found = await this.#provider.finish(query.toString(), transaction)
      if (!(await this.#transactions.use(transaction)))
        throw new SignOnError('sign-on-expired', 'used before')
      await this.#enter(request, reply, { ...found, before: transaction.before })
      return await goOn(reply, to)
    } catch (error) {
      await this.#note(request, error)
      return this.#fail(request, reply, { error, to })
    }
  }

  /** Writes into the audit log that someone wasn't let in. */
  async #note(request: FastifyRequest, error: unknown): Promise<void> {
    const cause = { code: whyOf(error), provider: this.#provider.way.name }
    // The entry of a sign-in that was begun; the status of the answer, a redirect, doesn't say so.
    request.audit.said({ result: 'failed', cause })
    if (!(error instanceof SignOnError)) return
    await this.#deps.audit.note({
      event: 'sign-in',
      by: actorOf(request, error.person),
      result: 'refused',
      cause,
      requestId: request.id,
    })
  }

  /** The role of this person's groups; without one, what is open for the person ends. */
  async #roleOf(who: Subject, claims: Claims, request: FastifyRequest) {
    const { roles, rolesClaim } = this.#provider.rules
    const groups = groupsIn(claims, rolesClaim)
    const role = highestRole(groups ?? [], roles)
    if (role) return role
    const known = await this.#deps.people.find(who)
    if (known) {
      await this.#deps.sessions.endAll(known.id)
      await this.#deps.jobs.stopOf(known.id, () => false)
      await endWaiting(this.#deps.store, known.id)
    }
    request.log.warn({ ...who, person: known?.id }, 'no group has a role')
    if (groups)
      throw new SignOnError('no-group-with-role', `${groups.length} groups`, known)
    throw new SignOnError('no-groups', `no claim ${rolesClaim}`, known)
  }

  /** Gives the browser a new session of the person that the provider names. */
  async #enter(
    request: FastifyRequest,
    reply: FastifyReply,
    { claims, before, ...who }: Subject & { claims: Claims; before: Transaction['before'] },
  ): Promise<void> {
    const { gate, people, sessions } = this.#deps
    const role = await this.#roleOf(who, claims, request)
    const { name: provider } = this.#provider.way
    const { account, was } = await people.arrive(
      who,
      { name: nameIn(claims), role },
      (person, before) =>
        request.audit.begin({
          event: 'sign-in',
          person,
          changed: { provider, ...changesOf(before, role) },
        }),
    )
    const { id, disabled } = account
    if (disabled) throw new SignOnError('account-disabled', id, account)
    if (was !== undefined && was !== role) {
      const row = await people.row(id)
      await reopen(this.#deps, { id, wasOrIsNarrowed: row.area !== undefined })
      await keepJobs(this.#deps, row)
    }
    if (before) await sessions.end(before.person, before.session)
    const browser = request.headers['user-agent'] ?? ''
    const started = await sessions.start(id, { address: request.ip, browser })
    if (!started) throw new SignOnError('account-disabled', id, account)
    gate.give(reply, started.token)
    request.log.info({ person: id, from: request.ip, role }, 'signed in')
  }
}

/** What stands behind the question mark; Fastify's own parser would make lists of what is repeated. */
const queryOf = ({ url }: FastifyRequest): URLSearchParams =>
  new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length))

/** `seal` is the same for all servers of the store. */
export function addSignOnRoutes(app: FastifyInstance, deps: PeopleDeps, seal: Seal): void {
  const signOn = deps.provider && new SignOn(deps, deps.provider, seal)
  // Without a provider, there are still people who have kept the address.
  const elsewhere = (reply: FastifyReply) => reply.redirect('/sign-in', 303)
  app.get('/auth/start', everyone, async (request, reply) =>
    signOn ? signOn.start(request, reply) : elsewhere(reply),
  )
  app.get('/auth/callback', everyone, async (request, reply) =>
    signOn ? signOn.callback(request, reply) : elsewhere(reply),
  )
}
