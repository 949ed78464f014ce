/** The routes by which people sign in and out, and manage their own account (contract/people/people.ts). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { OwnEvent } from '#contract/audit/audit.ts'
import type { Role } from '#contract/endpoints.ts'
import { areaOf, refusedBy } from '#contract/people/area.ts'
import type {
  DemoRole,
  Person,
  PasswordChange,
  SetUp,
  SetUpLink,
  SignIn,
  SignInWays,
  SignedOut,
  SignOut,
} from '#contract/people/people.ts'
import type { Session } from '#contract/people/session.ts'
import { signInPath } from '#contract/people/sign-on.ts'
import type { CauseCode } from '#contract/problem.ts'

import { actorOf } from '../audit/asked.ts'
import { parseBody } from '../calls/bodies.ts'
import type { PeopleDeps } from '../deps.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { checkPassword, hashPassword, isPassword } from './passwords.ts'
import { checkName, checkRole, nameKey, requireOwn, type Account } from './people.ts'
import { Throttle } from './throttle.ts'

const everyone = { config: { access: 'public', audited: 'yes' } } as const
const unrecordedForAll = {
  config: { access: 'public', audited: 'no', automatic: true },
} as const
const signedIn = { config: { access: 'session', audited: 'yes', narrowed: 'own' } } as const
const unrecorded = {
  config: { access: 'session', audited: 'no', narrowed: 'own' },
} as const

/** What a browser sent, as far as it is an object; each member is checked where it is used. */
const sentIn = <T>({ body }: FastifyRequest): Partial<T> =>
  Object(parseBody(body)) as Partial<T>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What `GET /api/session` returns for a person. */
export const sessionOf = async (
  { session, provider, policies }: Pick<PeopleDeps, 'session' | 'provider' | 'policies'>,
  person: Person,
): Promise<Session> => ({
  ...session,
  person,
  screens: await policies.rightsOf(person.role),
  ...(areaOf(person) ? { refused: refusedBy(areaOf(person)) } : {}),
  ...(person.provider && provider?.endsSessions ? { endsAtProvider: true } : {}),
})

class OwnAccount {
  readonly #deps: PeopleDeps
  readonly #throttle: Throttle
  /** Of links, which have no name. */
  readonly #linkThrottle: Throttle

  constructor(deps: PeopleDeps) {
    this.#deps = deps
    this.#throttle = new Throttle(deps.store, 'password')
    this.#linkThrottle = new Throttle(deps.store, 'link')
  }

  async ways(): Promise<SignInWays> {
    const { gate, people, provider } = this.#deps
    const setUp = gate.mode === 'local' && !(await people.some())
    return { mode: gate.mode, setUp, ...(provider ? { provider: provider.way } : {}) }
  }

  /** Replaces the browser's session by a new one of this person. */
  async #enter(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, event, shown }: { id: string; event: 'sign-in' | 'set-up'; shown: string | null },
  ): Promise<Session> {
    const { gate, people, sessions } = this.#deps
    const account = await people.find({ id })
    if (!account) throw refuse('not-found', 404, { code: 'no-such-person' })
    if (event === 'sign-in') await request.audit.begin({ event, person: account })
    const before = await gate.find(request, false)
    if (before?.session) await sessions.end(before.person.id, before.session)
    const browser = request.headers['user-agent'] ?? ''
    const started = await sessions.start(id, { address: request.ip, browser, shown })
    const signedIn = started && (await sessions.find(started.token, false, request.ip))
    if (!signedIn) throw refuse('not-allowed', 401, { code: 'sign-in-failed' })
    gate.give(reply, started.token)
    return sessionOf(this.#deps, signedIn.person)
  }

  /** The account whose password this is; throws otherwise, also for too many attempts. Each is recorded. */
  async #prove(
    request: FastifyRequest,
    { name, password, event }: { name: string; password: string; event: OwnEvent },
  ): Promise<Account> {
    const key = nameKey(name).slice(0, 200)
    const account = await this.#deps.people.find({ name })
    try {
      await this.#throttle.attempt(key, request.ip)
    } catch (error) {
      if (error instanceof ProblemError)
        await this.#noteFailure(request, { event, account, code: 'too-many-attempts' })
      throw error
    }
    const right = await isPassword(account?.password ?? null, password)
    if (right && account && !account.disabled) {
      await this.#throttle.succeeded(key, request.ip)
      return account
    }
    const code = event === 'sign-in' ? 'sign-in-failed' : 'wrong-password'
    await this.#noteFailure(request, { event, account, code })
    throw refuse('not-allowed', event === 'sign-in' ? 401 : 403, { code })
  }

  async signIn(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    this.#deps.gate.requireAccounts()
    const { name, password } = sentIn<SignIn>(request)
    const tried = { name: textOf(name), password: textOf(password) }
    const account = await this.#prove(request, { ...tried, event: 'sign-in' })
    const { id, password: shown } = account
    request.log.info({ person: id, from: request.ip }, 'signed in')
    return this.#enter(request, reply, { id, event: 'sign-in', shown })
  }

  /** The name is kept only where it is someone's: people also type passwords there. */
  async #noteFailure(
    request: FastifyRequest,
    {
      event,
      account,
      code,
    }: { event: OwnEvent; account: Account | undefined; code: CauseCode },
  ): Promise<void> {
    request.log.warn({ from: request.ip, event, code }, 'could not check who someone is')
    const failure = {
      event,
      by: actorOf(request, account),
      result: 'refused',
      cause: { code },
      requestId: request.id,
    } as const
    // As many as the throttle lets through; what it stops is one and the same.
    await this.#deps.audit.note(failure, code === 'too-many-attempts' ? 'once' : 'each')
  }

  /** Whose link it is, undefined for that of the first account; throws a 410 for one that doesn't work any more. */
  async #invited(request: FastifyRequest, token: string): Promise<Account | undefined> {
    const { people, invitations } = this.#deps
    this.#deps.gate.requireAccounts()
    await this.#linkThrottle.attempt('', request.ip)
    const invited = await invitations.find(token)
    // Only links are guessed here: who has one may take a while to find a password.
    await this.#linkThrottle.succeeded('', request.ip)
    const account = invited === undefined ? undefined : await people.find({ id: invited })
    const isFirst = invited === undefined && !(await people.some())
    if (account?.disabled || (!account && !isFirst))
      throw refuse('not-found', 410, { code: 'no-such-invitation' })
    return account
  }

  /** What a link is for, before anything is typed for it. */
  async setUpLink(request: FastifyRequest): Promise<SetUpLink> {
    const { token } = sentIn<SetUp>(request)
    return { first: !(await this.#invited(request, textOf(token))) }
  }

  /** Makes the first account, or gives an invited person a password. */
  async setUp(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const { people, invitations, sessions } = this.#deps
    const { token, name, password } = sentIn<SetUp>(request)
    const account = await this.#invited(request, textOf(token))
    const called = account?.name ?? checkName(name)
    // A link is only used up by what can be stored: people of the identity provider have names as well.
    if (!account && (await people.find({ name: called })))
      throw refuse('in-use', 409, { code: 'name-taken' })
    checkPassword(password, called)
    const hash = await hashPassword(password)
    await request.audit.begin({
      event: 'set-up',
      person: account ?? { id: '', name: called, role: 'admin' },
    })
    await invitations.use(textOf(token))
    const id = account?.id ?? (await people.addFirst(called, hash))
    if (account) await people.setPassword(id, hash)
    else await invitations.endFirst()
    await sessions.endAll(id)
    request.log.info({ person: id, from: request.ip }, 'chose a password')
    return this.#enter(request, reply, { id, event: 'set-up', shown: hash })
  }

  /** Ends this session, and says where the provider ends its own if that is wanted, too. */
  async signOut(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | SignedOut> {
    const { gate, sessions, provider } = this.#deps
    this.#deps.gate.requireAccounts()
    const { everywhere, atProvider } = sentIn<SignOut>(request)
    await request.audit.begin({
      event: 'sign-out',
      ...(everywhere === true ? { changed: { everywhere } } : {}),
    })
    if (everywhere === true) await sessions.endAll(request.person.id)
    else if (request.session) await sessions.end(request.person.id, request.session)
    gate.give(reply, undefined)
    if (atProvider !== true) return reply.code(204).send()
    const next = await provider?.endUrl(signInPath('/'))
    return { next: next ?? signInPath('/', 'provider-keeps-session') }
  }

  async changePassword(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { people, sessions } = this.#deps
    this.#deps.gate.requireAccounts()
    const { id, name } = request.person
    requireOwn(request.person)
    const { current, next } = sentIn<PasswordChange>(request)
    const tried = { name, password: textOf(current) }
    await this.#prove(request, { ...tried, event: 'change-password' })
    checkPassword(next, name)
    await request.audit.begin({ event: 'change-password', target: { id, name } })
    await people.setPassword(id, await hashPassword(next))
    await this.#deps.invitations.endOf(id)
    await sessions.endAll(id, request.session)
    return reply.code(204).send()
  }

  async chooseRole(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const { gate } = this.#deps
    if (gate.mode !== 'demo') throw refuse('not-found', 404, { code: 'no-such-page' })
    const role: Role = checkRole(sentIn<DemoRole>(request).role)
    await request.audit.begin({ event: 'choose-demo-role', changed: { role } })
    gate.giveRole(reply, role)
    return sessionOf(this.#deps, { ...request.person, role })
  }
}

export function addSignInRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { sessions } = deps
  const account = new OwnAccount(deps)
  app.get('/api/sign-in', everyone, () => account.ways())
  app.post('/api/sign-in', everyone, (request, reply) => account.signIn(request, reply))
  app.post('/api/set-up-link', unrecordedForAll, (request) => account.setUpLink(request))
  app.post('/api/set-up', everyone, (request, reply) => account.setUp(request, reply))
  const own = { config: { access: 'session', narrowed: 'own' } } as const
  app.get('/api/session', own, ({ person }) => sessionOf(deps, person))
  app.post('/api/here', unrecorded, async (_request, reply) => reply.code(204).send())
  app.post('/api/sign-out', signedIn, (request, reply) => account.signOut(request, reply))
  app.put('/api/demo-role', signedIn, async (request, reply) =>
    account.chooseRole(request, reply),
  )
  app.put('/api/password', signedIn, (request, reply) =>
    account.changePassword(request, reply),
  )
  app.get('/api/sessions', signedIn, async ({ person, session = '' }) => {
    deps.gate.requireAccounts()
    return sessions.list(person.id, session)
  })
  type Named = { Params: { id: string } }
  app.delete<Named>('/api/sessions/:id', signedIn, async (request, reply) => {
    deps.gate.requireAccounts()
    const { id } = request.params
    await request.audit.begin({ event: 'end-session', target: { id: id.slice(0, 8) } })
    await sessions.end(request.person.id, id)
    return reply.code(204).send()
  })
}
