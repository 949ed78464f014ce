/** What a request writes into the audit log: who asks, what for, and with its answer how it ended. */
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { AuditActor } from '#contract/audit/audit.ts'
import { matchEndpoint } from '#contract/endpoints.ts'
import type { Person } from '#contract/people/people.ts'
import type { CauseCode, Problem } from '#contract/problem.ts'

import type { Audit, Intent, Outcome } from './audit.ts'

const mostBrowser = 300

/** Refusals that show that someone tried to do more than they may. */
const refusals: ReadonlySet<CauseCode | undefined> = new Set<CauseCode>([
  'needs-role',
  'zone-not-yours',
  'not-narrowed-only',
  'labels-narrow',
  'needs-second-person',
  'own-approval',
  'approval-over',
  'needs-right',
])

/** Who sends a request; `person` where its route doesn't ask for a session. */
export function actorOf(request: FastifyRequest, person?: Person): AuditActor {
  const { ip, headers, session } = request
  // In public routes there may be no one.
  const { id, name, role } = person ?? (request as Partial<FastifyRequest>).person ?? {}
  const browser = headers['user-agent']?.slice(0, mostBrowser)
  return {
    ...(id ? { id } : {}),
    name: name ?? '',
    ...(role ? { role } : {}),
    ...(session ? { session: session.slice(0, 8) } : {}),
    from: ip,
    ...(browser ? { browser } : {}),
  }
}

/** What a zone was asked for, where a request would have been sent to one. */
function endpointIn({ method, params }: FastifyRequest) {
  const { '*': below } = params as { '*'?: string } // as the route has it
  if (below === undefined) return undefined
  // What reveals a secret is POST in the browser.
  const revealed = method === 'POST' ? matchEndpoint('GET', `/${below}`) : undefined
  return revealed?.endpoint.access === 'reveal'
    ? revealed
    : matchEndpoint(method, `/${below}`)
}

type Asking = Omit<Intent, 'by' | 'requestId'> & {
  /** Where the request itself has no session yet. */
  person?: Person
}

export class Asked {
  readonly #audit: Audit
  readonly #request: FastifyRequest
  #entry: string | undefined
  #outcome: Partial<Outcome> = {}
  /** Whether its answer may leave without an entry, because nothing is done. */
  #changesNothing = false
  #hasEntry = false
  /** Why it was refused. */
  problem: Problem | undefined

  constructor(audit: Audit, request: FastifyRequest) {
    this.#audit = audit
    this.#request = request
  }

  get isRecorded(): boolean {
    return this.#hasEntry || this.#changesNothing
  }

  /** Who asks. */
  get by(): AuditActor {
    return actorOf(this.#request)
  }

  /**
   * Stores what is about to be done, which must not be done if this throws; returns the entry. With the
   * answer it is settled.
   */
  async begin(asking: Asking): Promise<string> {
    this.#entry = await this.#store(asking)
    return this.#entry
  }

  /** The same for what goes on after the answer, and is settled by others. */
  beginLong(asking: Asking & { entry: string }): Promise<string> {
    return this.#store(asking)
  }

  async #store({ person, ...intent }: Asking): Promise<string> {
    this.#hasEntry = true
    const by = actorOf(this.#request, person)
    return this.#audit.begin({ ...intent, by, requestId: this.#request.id })
  }

  /** What the entry says of how it ended, beside the answer's status. */
  said(outcome: Partial<Outcome>): void {
    this.#outcome = { ...this.#outcome, ...outcome }
  }

  /** Nothing is done: it was done before, or concerns only what a page shows. */
  nothing(): void {
    this.#changesNothing = true
  }

  /** Stores how the request ended, before its answer leaves. */
  async answered({ statusCode: status }: Pick<FastifyReply, 'statusCode'>): Promise<void> {
    const { problem } = this
    if (this.#entry) {
      const { cause, message, unknownOutcome } = problem ?? {}
      const unclear = unknownOutcome === true || (status >= 500 && !problem?.cause)
      await this.#audit.settle(this.#entry, {
        result: status < 400 ? 'done' : unclear ? 'unknown' : 'refused',
        status,
        ...(cause ? { cause } : message ? { message } : {}),
        ...this.#outcome,
      })
    } else if (problem && refusals.has(problem.cause?.code)) await this.#refused(problem)
  }

  async #refused({ status, cause }: Problem): Promise<void> {
    const { method, routeOptions, params } = this.#request
    const { zone, id: own } = params as { zone?: string; id?: string } // as the route has them
    const asked = endpointIn(this.#request)
    const id = own ?? asked?.parameters['id'] ?? asked?.parameters['instance-id']
    await this.#audit.note({
      event: 'refuse',
      by: this.by,
      ...(zone ? { zone } : {}),
      ...(id ? { target: { id } } : {}),
      changed: { request: asked?.id ?? `${method} ${routeOptions.url ?? ''}` },
      result: 'refused',
      status,
      ...(cause ? { cause } : {}),
      requestId: this.#request.id,
    })
  }
}
