/**
 * Makes the server and lists every route on one screen. The server holds the key, signs for the
 * browser and pushes what changes; `main.ts` makes it and listens.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { AUDIT_DAYS } from '#contract/audit/audit.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { addApprovalRoutes } from './approvals/approval-routes.ts'
import { Approvals } from './approvals/approvals.ts'
import { SecondPerson } from './approvals/second-person.ts'
import { AuditCare } from './audit/audit-care.ts'
import { AuditSigner } from './audit/audit-check.ts'
import { addAuditRoutes } from './audit/audit-routes.ts'
import { Audit } from './audit/audit.ts'
import { knownOutcome } from './audit/known-outcomes.ts'
import { ScreenEntries } from './audit/screens.ts'
import { checkShown } from './calls/check.ts'
import { Chains } from './chains/chains.ts'
import { pause } from './chains/step-calls.ts'
import type { RouteDeps } from './deps.ts'
import { answerUpgrade } from './edges.ts'
import { addFiles, sendPage } from './files.ts'
import { find } from './find.ts'
import { securityHeaders } from './headers.ts'
import { exoscaleEvents } from './history/events.ts'
import { Marks } from './history/marks.ts'
import { endsSnapshots, forgetPictures } from './history/pictures.ts'
import {
  adoptOperations,
  lastOperations,
  readEventsForMarks,
  rememberOperation,
  rememberRefusal,
} from './history/timeline.ts'
import { UsualTimes } from './history/usual.ts'
import { addJobRoutes } from './jobs/job-routes.ts'
import { JobRows } from './jobs/job-rows.ts'
import { Jobs } from './jobs/jobs.ts'
import { makeFastify } from './make-fastify.ts'
import type { AppOptions } from './options.ts'
import { ownAddress } from './own-address.ts'
import { FirstPage } from './page/first-page.ts'
import { readerOf, pageVary } from './page/reader-languages.ts'
import { Gate } from './people/gate.ts'
import { Invitations } from './people/invitations.ts'
import { addPeopleRoutes } from './people/people-routes.ts'
import { People } from './people/people.ts'
import { addPolicyRoutes } from './people/policy-routes.ts'
import { Policies } from './people/policy.ts'
import { Provider, providerNames } from './people/provider.ts'
import { Sessions } from './people/sessions.ts'
import { siftInventory } from './people/sift.ts'
import { addSignInRoutes, sessionOf } from './people/sign-in-routes.ts'
import { addSignOnRoutes } from './people/sign-on-routes.ts'
import { Relay } from './relay/relay.ts'
import { joinOthers } from './replicas/join.ts'
import { alone } from './replicas/replica.ts'
import { Takeover } from './replicas/takeover.ts'
import { frame, problemOf } from './routes.ts'
import { addSandboxRoutes } from './sandbox-routes.ts'
import { scrubAnswers, scrubberOf } from './scrub.ts'
import { Shown } from './shown.ts'
import { defaultSearch, dropKept, readKept, writeKept } from './store/kept.ts'
import { Later } from './store/later.ts'
import { storeReady } from './store/ready.ts'
import { createSeal } from './store/seal.ts'
import { Viewers } from './viewers.ts'
import { Watcher } from './watch/watcher.ts'
import { addZoneRoutes } from './zone-routes.ts'
import { Directory } from './zone/directory.ts'
import { Reads } from './zone/reads.ts'

const everyone = { config: { access: 'public' } } as const
const own = { config: { access: 'session', narrowed: 'own' } } as const
const inside = { config: { access: 'session', narrowed: 'inside' } } as const
/** Pages send these automatically: what they write, too. */
const unasked = { access: 'session', automatic: true, audited: 'no' } as const
const byItself = { config: { ...unasked, narrowed: 'inside' } } as const
const drafts = { config: { ...unasked, narrowed: 'own' } } as const
const page = { config: { access: 'page', narrowed: 'inside' } } as const

const acceptsGzip = ({ headers }: FastifyRequest) =>
  /\bgzip\b/.test(String(headers['accept-encoding']))

/**
 * A longer address has a query with hundreds of values, each of which is looked for in ten thousand rows: that takes its
 * author's browser some seconds, and here it would take them from everyone.
 */
const mostRendered = 1_000

/** The page of the list, which contains its rows once every zone has responded. */
async function sendList(deps: RouteDeps, request: FastifyRequest, reply: FastifyReply) {
  // Without it, the list is rendered in the browser.
  const warn = (error: unknown) =>
    void request.log.warn(
      { err: error },
      'could not render the instance list into the page',
    )
  // Without a session, the page has no rows and asks to sign in.
  const { person, reach } = request as Partial<FastifyRequest>
  const isRendered = acceptsGzip(request) && request.url.length <= mostRendered
  const known = reach && isRendered ? deps.watcher.known() : undefined
  const inventory = known && reach && siftInventory(known, reach)
  const query = request.url.indexOf('?')
  if (query < 0 && person) {
    // An address with a query is what someone asked for; the list without one may be a saved view.
    const search = await defaultSearch(deps, person).catch(() => '')
    if (search !== '')
      return reply.header('cache-control', 'no-store').redirect(`/instances?${search}`, 302)
  }
  const url = `/instances${query < 0 ? '' : request.url.slice(query)}`
  const html =
    inventory &&
    person &&
    (await sessionOf(deps, person)
      .then((session) => deps.firstPage?.of(inventory, session, url, readerOf(request)))
      .catch(warn))
  if (!html) return sendPage(request, reply, deps.options.webRoot)
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'private, no-cache',
      vary: pageVary,
    })
    .send(html)
}

/** The routes that are not about one zone. */
function addRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { watcher } = deps
  // A restart mends no database, so that only tells: it is the process that is healthy.
  app.get('/healthz', everyone, async () => ({
    ok: true,
    store: await storeReady(deps.store),
  }))
  app.get('/readyz', everyone, async (_request, reply) => {
    const [zones, store] = await Promise.all([watcher.ready(), storeReady(deps.store)])
    // Zones that are away are so for every server, and pages say it; with none that is ready, no page would come.
    const ok = zones.areKnown && store
    return reply.code(ok ? 200 : 503).send({ ok, zones: zones.respond, store })
  })
  app.get('/instances', page, (request, reply) => sendList(deps, request, reply))
  type Form = { Querystring: { form?: string } }
  app.get<Form>('/api/inventory', inside, async (request, reply) => {
    const gzipped = acceptsGzip(request)
    const form = request.query.form === 'columns' ? 'columns' : 'json'
    const type = form === 'columns' ? 'application/x-ndjson' : 'application/json'
    reply.type(`${type}; charset=utf-8`).header('vary', 'accept-encoding')
    if (gzipped) reply.header('content-encoding', 'gzip')
    return reply.send(await watcher.inventory({ form, gzipped }, request.reach))
  })
  type Following = { Querystring: { since?: string; page?: unknown } }
  app.get<Following>('/api/feed', inside, (request, reply) => {
    const since = request.headers['last-event-id'] ?? request.query.since
    reply.hijack()
    reply.raw.on('error', () => reply.raw.destroy())
    // The stream is written past Fastify, which would have set these.
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    const unwatch = deps.sessions.watch(request, () => reply.raw.end())
    reply.raw.once('close', unwatch)
    deps.viewers.watchPage(request.query.page, reply.raw)
    const { reach } = request
    watcher.attend(reply.raw, Number(since ?? 0), reach).catch((error: unknown) => {
      request.log.error({ err: error }, 'could not send events')
      reply.raw.destroy()
    })
  })
  app.post('/api/shown', byItself, async (request, reply) => {
    for (const item of checkShown(deps, request)) deps.shown.show(item)
    return reply.code(204).send()
  })
  app.get('/api/own-address', own, async ({ headers, socket }) =>
    ownAddress({ headers, remoteAddress: socket.remoteAddress }, deps.options.publicUrl),
  )
  app.get('/api/events', inside, ({ reach }) => exoscaleEvents(deps, reach))
  app.get<{ Params: { id: string } }>('/api/find/:id', inside, (request) =>
    find(deps, request.params.id, request.reach),
  )
  type Keeping = { Params: { name: string } }
  // Someone who types is there by `/api/here`.
  const kept = '/api/kept/:name'
  app.get<Keeping>(kept, drafts, (request) => readKept(deps, request))
  app.put<Keeping>(kept, drafts, (request) => writeKept(deps, request))
  app.delete<Keeping>(kept, drafts, (request) => dropKept(deps, request))
}

/** Makes the server; it listens when `main.ts` says so. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const headers = securityHeaders(options.consoleHosts, options.webRoot, options.publicUrl)
  const app = makeFastify(options, headers)
  const { session } = options
  const reads = new Reads()
  const { store } = options
  const together = options.sharedAt && (await joinOthers(store, options.sharedAt, app.log))
  const shared = together ? together.replica : undefined
  const replica = shared ?? alone
  const later = new Later(app.log)
  const scrub = scrubberOf([options.credentials.secret, options.oidc?.clientSecret ?? ''])
  const audit = new Audit(
    store,
    app.log,
    (row) => app.log.info({ audit: row }, 'audit'),
    replica,
  )
  audit.knowsBy((entry) => knownOutcome(store, entry))
  const auditCare = new AuditCare({
    store,
    audit,
    signer: new AuditSigner(options.credentials.secret),
    days: options.auditDays ?? AUDIT_DAYS,
    log: app.log,
  })
  const usual = await UsualTimes.read(store)
  const marks = await Marks.read(store, session.sandbox)
  const remember = (operation: FollowedOperation) => {
    void audit.ended(operation)
    usual.learn(operation)
    marks.learn(operation)
    later.do(operation.id, () => rememberOperation(store, operation, replica))
    if (!endsSnapshots(operation)) return
    const { zones } = directory
    forgetPictures({ zones, reads, store }, operation.zone).catch((error: unknown) => {
      app.log.warn({ err: error }, 'could not delete screenshots of deleted snapshots')
    })
  }
  const watcher: Watcher = new Watcher(reads, {
    remember,
    heard: (operation) => {
      usual.learn(operation)
      marks.learn(operation)
    },
    scrub,
    markOf: (zone, instance, sight) => marks.of(zone, instance, sight),
    looked: (zone) => void readEventsForMarks({ reads, marks, watcher }, zone),
  })
  const shown = new Shown(reads, {
    publish: (event) => watcher.publish(event),
    isHeard: () => watcher.feed.followers > 0,
  })
  const { oidc } = options
  const provider = oidc && new Provider(oidc, () => options.publicUrl?.origin ?? '')
  const nameOf = providerNames(oidc)
  const sessions = new Sessions(store, nameOf)
  await sessions.endOfOthers((issuer) => new URL(issuer).href === oidc?.issuer.href)
  const sharing = together
    ? together.feed({
        sessionsEnded: (ids) => sessions.closeOf(ids),
        noted({ zone, subject, text }) {
          marks.learnNote(zone, subject, text)
          watcher.marked(zone, [subject])
        },
      })
    : undefined
  if (sharing) {
    await watcher.share(sharing)
    sessions.ended = (ids) => sharing.sayEnded(ids)
  }
  const gate = new Gate({
    mode: session.signIn,
    person: session.person,
    sessions,
    secure: options.publicUrl?.protocol === 'https:',
  })
  const relay = new Relay(options, app.log, headers)
  const { metrics, telemetry } = options
  telemetry?.sayTrouble((words) => app.log.warn(words))
  metrics?.watch({
    feedClients: () => watcher.feed.followers,
    consoles: () => relay.consoles,
    auditWaiting: () => audit.waiting,
  })
  const directory = new Directory(options, {
    found: (zone) => watcher.watch(zone),
    failed: (error) => {
      app.log.warn({ problem: problemOf(error) }, 'the list of zones is not available yet')
    },
    observe(...call) {
      const ends = [metrics?.observe(...call), telemetry?.observe(...call)]
      return (status) => ends.forEach((end) => end?.(status))
    },
  })
  await directory.start()

  frame(app, options, headers, { metrics, telemetry, gate, audit, watcher })
  scrubAnswers(app, scrub)
  await addFiles(app, options.webRoot)
  const { zones } = directory
  const { renderFirstPage, webRoot } = options
  const firstPage = renderFirstPage && new FirstPage(webRoot, renderFirstPage)
  const busy = new Set<string>()
  const policies = new Policies(store)
  const secondPerson = new SecondPerson(policies)
  const common = { zones, watcher, reads, audit, secondPerson, busy, replica, log: app.log }
  const seal = createSeal(options.credentials.secret)
  const chains = new Chains({
    ...common,
    store,
    seal,
  })
  const people = new People(store, nameOf)
  const jobs = new Jobs({
    ...common,
    rows: new JobRows(store, replica),
    time: { now: Date.now, pause },
    personNow: async (person) => (gate.mode === 'local' ? people.now(person.id) : person),
    refused: (operation) => rememberRefusal({ store, later, marks, watcher }, operation),
  })
  const deps: RouteDeps = {
    zones,
    watcher,
    reads,
    shown,
    marks,
    session,
    gate,
    people,
    policies,
    provider,
    sessions,
    invitations: new Invitations(store),
    options,
    relay,
    viewers: new Viewers(),
    screens: new ScreenEntries(audit),
    firstPage,
    chains,
    jobs,
    store,
    audit,
    secondPerson,
    later,
    usual,
    sharing,
  }
  addRoutes(app, deps)
  addSignInRoutes(app, deps)
  addSignOnRoutes(app, deps, createSeal(options.credentials.secret, 'sign-ins'))
  addPeopleRoutes(app, deps)
  addPolicyRoutes(app, deps)
  addJobRoutes(app, deps)
  const approvals = new Approvals({ routes: deps, seal, replica, log: app.log })
  addApprovalRoutes(app, deps, approvals)
  addAuditRoutes(app, { store, auditCare, sessions })
  addZoneRoutes(app, deps)
  if (options.sandbox) addSandboxRoutes(app, deps, options.sandbox)
  const known = await lastOperations(store)
  watcher.recall(known)
  // Without other servers, all are this one's.
  watcher.adopt(shared ? await adoptOperations(store, shared) : known)
  await chains.resume()
  await jobs.resume()
  await approvals.sweep()
  const takeover =
    shared && new Takeover({ store, replica: shared, chains, jobs, watcher, log: app.log })
  auditCare.start()
  app.server.on('upgrade', (request, socket, head) => {
    // A reset emits an error, which ends the process if nothing listens.
    socket.on('error', () => socket.destroy())
    if (relay.handleUpgrade(request, socket, head)) return
    if (!options.handleUpgrade?.(request, socket, head)) answerUpgrade(socket, headers)
  })
  // After the last response has been sent.
  app.addHook('onClose', async () => {
    await later.close()
    await audit.close()
    await auditCare.close()
    await shared?.close()
    await store.destroy()
    await telemetry?.close()
  })
  app.addHook('preClose', async () => {
    await takeover?.close()
    await approvals.close()
    chains.close()
    await jobs.close()
    relay.close()
    sessions.close()
    shown.close()
    watcher.close()
    await sharing?.close()
    await directory.close()
  })
  return app
}
