/**
 * Keeps what waits for a second person (contract/people/approval.ts), and sends what was confirmed: once, before it
 * expires, in the name of the person who asked, if they still may. A server that ends between the two sends nothing
 * later: what it was about to send is said to be unknown, or not sent.
 */
import { randomUUID } from 'node:crypto'

import type { FastifyBaseLogger, FastifyRequest } from 'fastify'

import {
  APPROVAL_MS,
  APPROVALS_MOST,
  APPROVALS_OWN_MOST,
  isOpen,
  roleFor,
  type Approval,
  type ApprovalDetail,
  type ApprovalOrder,
  type ApprovalOutcome,
  type ApprovalState,
} from '#contract/people/approval.ts'
import type { Person } from '#contract/people/people.ts'

import type { Intent } from '../audit/audit.ts'
import type { RouteDeps } from '../deps.ts'
import { reachOf } from '../people/reach.ts'
import type { Replica } from '../replicas/replica.ts'
import type { Seal } from '../store/seal.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { prepare, requireSame, type Asker } from './approval-orders.ts'
import { outcomeOf, resultAfterCrash } from './approval-outcomes.ts'
import { aboutOf, hasRights, isWithin, withoutSecrets } from './approval-parts.ts'
import { ApprovalRecord } from './approval-record.ts'
import { ApprovalRows, type StoredApproval } from './approval-rows.ts'

/** How often it is looked for what has expired, and for what an ended server has left. */
const sweepMs = 10_000
/** How long those that are over are shown, and kept. */
const shownMs = 24 * 3_600_000
const keptMs = 7 * 24 * 3_600_000
const mostShown = 300
/** How long sending may take, as for what is sent directly. */
const patienceMs = 9_500

type ApprovalDeps = {
  routes: RouteDeps
  seal: Seal
  replica: Replica
  log: Pick<FastifyBaseLogger, 'warn'>
}

type Request = Pick<FastifyRequest, 'person' | 'reach' | 'audit' | 'bounds'>

const isOver = () => refuse('zone-refused', 409, { code: 'approval-over' })
const isGone = () => refuse('not-found', 404, { code: 'no-such-approval' })

export class Approvals {
  readonly #deps: ApprovalDeps
  readonly #rows: ApprovalRows
  /** What this process is sending. */
  readonly #sending = new Set<string>()
  readonly #timer: NodeJS.Timeout
  #sweeping: Promise<void> | undefined

  constructor(deps: ApprovalDeps) {
    this.#deps = deps
    this.#rows = new ApprovalRows(deps.routes.store, deps.replica)
    this.#timer = setInterval(() => void this.sweep(), sweepMs)
    this.#timer.unref()
  }

  /** Stores what is to be sent; throws a `ProblemError` where it would be refused, or needs no second person. */
  async ask(order: ApprovalOrder, request: Request): Promise<Approval> {
    const { person, audit } = request
    const { routes, seal } = this.#deps
    const prepared = await prepare(routes, order, request)
    const endpoints = await routes.secondPerson.neededFor(prepared.endpoints)
    if (endpoints.length === 0) throw refuse('invalid', 409, { code: 'no-approval-needed' })
    const { instances, ...subject } = prepared.subject
    await this.expire()
    const { own, all } = await this.#rows.waiting(person.id)
    if (own >= APPROVALS_OWN_MOST || all >= APPROVALS_MOST) {
      const most = own >= APPROVALS_OWN_MOST ? APPROVALS_OWN_MOST : APPROVALS_MOST
      throw refuse('zone-refused', 409, { code: 'too-many-approvals', most })
    }
    const id = randomUUID()
    const askedAt = Date.now()
    const { by: actor } = audit
    const by = { id: person.id, name: person.name }
    const { what } = prepared
    const body = { by, what, endpoints, ...subject, actor }
    const stored = { ...body, id, askedAt, expiresAt: askedAt + APPROVAL_MS, instances }
    await this.#requireOthers({ ...stored, state: 'waiting' })
    await audit.begin({
      entry: id,
      event: 'ask-approval',
      ...aboutOf({ ...subject, what }),
    })
    const sealed = seal.close(JSON.stringify(prepared.order), id)
    await this.#rows.add({ ...stored, body, sealed })
    this.#tell()
    return this.#shown({ ...stored, state: 'waiting' }, request)
  }

  /** One's own, and those that one may answer; the newest first. */
  async list(request: Request): Promise<Approval[]> {
    await this.expire()
    const all = await this.#rows.recent(Date.now() - shownMs, mostShown)
    const shown: Approval[] = []
    for (const one of all) {
      // One after the other: hundreds of large bulk actions don't fit into the memory.
      const { isNarrowed } = request.reach
      const instances = isNarrowed ? await this.#rows.instancesOf(one.id) : []
      const found = { ...one, instances }
      if (this.#mayRead(found, request)) shown.push(this.#shown(found, request))
    }
    return shown
  }

  /** One of them, while it waits with what is to be sent; throws a 404. */
  async detail(id: string, request: Request): Promise<ApprovalDetail> {
    await this.expire()
    const found = await this.#find(id, request)
    const sealed = isOpen(found, Date.now()) ? await this.#rows.sealed(id) : undefined
    const order = sealed && this.#opened(sealed, id)
    return {
      ...this.#shown(found, request),
      ...(order ? { order: withoutSecrets(order) } : {}),
    }
  }

  /** Sends what was asked for; returns it with what came of that. */
  async confirm(id: string, request: Request): Promise<Approval> {
    const found = await this.#requireAnswerable(id, request)
    const { person, audit } = request
    await audit.begin({
      event: 'confirm-approval',
      parent: id,
      ...aboutOf(found),
    })
    const answer = { by: { id: person.id, name: person.name }, at: Date.now() }
    // Before it is confirmed, so that it isn't taken for one that an ended server has left.
    this.#sending.add(id)
    try {
      const confirmed = await this.#rows.answer(id, 'confirmed', answer)
      if (!confirmed) throw isOver()
      this.#tell()
      const outcome = await this.#send(found, confirmed.sealed, request)
      await this.#deps.routes.later.soon(`approval ${id}`, async () => {
        await this.#rows.end(id, outcome)
        this.#tell()
      })
      const { by: answeredBy, at: answeredAt } = answer
      const now = { ...found, state: 'confirmed' as const, answeredBy, answeredAt, outcome }
      return this.#shown(now, request)
    } finally {
      this.#sending.delete(id)
    }
  }

  async decline(id: string, reason: string, request: Request): Promise<Approval> {
    const found = await this.#requireAnswerable(id, request)
    return this.#close(
      found,
      { state: 'declined', event: 'decline-approval', reason },
      request,
    )
  }

  /** Only the person who asked. */
  async withdraw(id: string, request: Request): Promise<Approval> {
    const found = await this.#find(id, request)
    if (found.by.id !== request.person.id) throw isGone()
    if (!isOpen(found, Date.now())) throw isOver()
    return this.#close(found, { state: 'withdrawn', event: 'withdraw-approval' }, request)
  }

  /** Ends what has expired. Throws as the store. */
  async expire(): Promise<void> {
    const { audit } = this.#deps.routes
    const expired = await this.#rows.expire(Date.now())
    for (const one of expired)
      await audit.note(
        { event: 'expire-approval', parent: one.id, ...aboutOf(one), result: 'done' },
        'each',
      )
    if (expired.length > 0) this.#tell()
  }

  /** Ends what has expired, and says of what a server has left what is known of it. Never throws. */
  async sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) => {
        this.#deps.log.warn({ err: error }, 'could not look for approvals that are over')
      })
      .finally(() => {
        this.#sweeping = undefined
      })
    await this.#sweeping
  }

  async #sweep(): Promise<void> {
    await this.expire()
    const { store } = this.#deps.routes
    for (const { approval, entry } of await this.#rows.abandoned()) {
      if (this.#sending.has(approval.id)) continue
      const outcome = await resultAfterCrash(store, approval, entry)
      if (await this.#rows.end(approval.id, outcome)) this.#tell()
    }
    await this.#rows.prune(Date.now() - keptMs)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }

  async #close(
    found: StoredApproval,
    {
      state,
      event,
      reason = '',
    }: {
      state: Exclude<ApprovalState, 'waiting' | 'expired' | 'confirmed'>
      event: 'decline-approval' | 'withdraw-approval'
      reason?: string
    },
    request: Request,
  ): Promise<Approval> {
    const { id } = found
    const { person, audit } = request
    const about = aboutOf(found)
    const changed = { ...about.changed, ...(reason ? { reason } : {}) }
    await audit.begin({ event, parent: id, ...about, changed })
    const by = { id: person.id, name: person.name }
    const at = Date.now()
    const answer = { by, at, ...(reason ? { reason } : {}) }
    if (!(await this.#rows.answer(id, state, answer))) throw isOver()
    this.#tell()
    const now = {
      ...found,
      state,
      answeredBy: by,
      answeredAt: at,
      ...(reason ? { reason } : {}),
    }
    return this.#shown(now, request)
  }

  /** Sends an order as the person who asked, who must still be allowed to. Never throws. */
  async #send(
    found: StoredApproval,
    sealed: string,
    { person }: Request,
  ): Promise<ApprovalOutcome> {
    const { id, actor } = found
    const { routes } = this.#deps
    const { audit } = routes
    const record = new ApprovalRecord({
      audit,
      approvalId: id,
      by: actor,
      secondPerson: person.name,
      begun: (entry) => this.#rows.begin(id, entry),
    })
    try {
      const order = this.#opened(sealed, id)
      if (!order) throw refuse('internal', 409, { code: 'approval-lost' })
      const asker = await this.#askerNow(found, person)
      const prepared = await prepare(routes, order, asker)
      requireSame(found, prepared.subject)
      const result = await prepared.send(record)
      await record.accepted()
      return { is: 'sent', ...(result ? { result } : {}) }
    } catch (error) {
      const { changed, ...about } = aboutOf(found)
      const intent: Intent = { event: changed.request, ...about }
      await record.failed(error, intent)
      if (!(error instanceof ProblemError))
        this.#deps.log.warn({ err: error }, 'could not send what was confirmed')
      return outcomeOf(error)
    }
  }

  /** The person who asked, with the rights of now. */
  async #askerNow({ by, expiresAt }: StoredApproval, second: Person): Promise<Asker> {
    const { people, watcher, gate } = this.#deps.routes
    // Where there is one person only, its role is that of the request.
    const person = gate.mode === 'local' ? await people.now(by.id) : second
    if (!person) throw refuse('not-allowed', 403, { code: 'asker-may-not' })
    const reach = reachOf({ watcher }, person)
    if (reach.isByLabel) await watcher.recent()
    const left = Math.min(patienceMs, expiresAt - Date.now())
    return { person, reach, bounds: { until: performance.now() + left } }
  }

  #opened(sealed: string, id: string): ApprovalOrder | undefined {
    const text = this.#deps.seal.open(sealed, id)
    return text === undefined ? undefined : (JSON.parse(text) as ApprovalOrder) // `ask` sealed it
  }

  async #find(id: string, request: Request): Promise<StoredApproval> {
    const found = await this.#rows.find(id)
    if (!found || !this.#mayRead(found, request)) throw isGone()
    return found
  }

  /** One that this person may answer now; throws otherwise. */
  async #requireAnswerable(id: string, request: Request): Promise<StoredApproval> {
    await this.expire()
    const found = await this.#find(id, request)
    const isOwn = found.by.id === request.person.id
    if (isOwn && !this.#isAlone) throw refuse('not-allowed', 403, { code: 'own-approval' })
    if (!hasRights(found, request)) {
      const role = roleFor(found.endpoints)
      throw refuse('not-allowed', 403, { code: 'needs-role', role })
    }
    if (!isOpen(found, Date.now())) throw isOver()
    return found
  }

  /** In the sandbox there is one person, who can look at how it works by being the second one, too. */
  get #isAlone(): boolean {
    return this.#deps.routes.gate.mode === 'demo'
  }

  /** Who had a part in one that is over knows what it was about. */
  #mayRead(found: StoredApproval, request: Request): boolean {
    const { id } = request.person
    const isOver = found.state !== 'waiting'
    if (found.by.id === id) return isOver || isWithin(found, request.reach)
    return (isOver && found.answeredBy?.id === id) || hasRights(found, request)
  }

  #shown(found: StoredApproval, request: Request): Approval {
    const { instances: _instances, actor: _actor, ...approval } = found
    const isOwn = found.by.id === request.person.id
    const mayAnswer = (!isOwn || this.#isAlone) && hasRights(found, request)
    return { ...approval, isOwn, mayAnswer }
  }

  /** Throws a 409 where no one else could confirm it, so that no one waits for nothing. */
  async #requireOthers(asked: StoredApproval): Promise<void> {
    if (this.#isAlone) return
    const { people, watcher, gate } = this.#deps.routes
    if (gate.mode !== 'local') throw refuse('not-allowed', 409, { code: 'one-person-only' })
    const others = (await people.list()).filter(
      (row) =>
        row.id !== asked.by.id &&
        !row.disabled &&
        row.joined &&
        hasRights(asked, { person: row, reach: reachOf({ watcher }, row) }),
    )
    if (others.length === 0) throw refuse('not-allowed', 409, { code: 'no-second-person' })
  }

  #tell(): void {
    this.#deps.routes.watcher.publish({ type: 'approvals' })
  }
}
