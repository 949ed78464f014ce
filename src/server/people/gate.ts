/**
 * Says who sends a request: by the session of its cookie, as the sandbox's demo person in the role that its
 * browser chose, or, where nobody signs in, as an admin.
 */
import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { roleAllows, roles, type Role } from '#contract/endpoints.ts'
import { SESSION_MOST_MS, type Person, type SignInMode } from '#contract/people/people.ts'

import { refuse } from '../zone/refusals.ts'
import type { Sessions } from './sessions.ts'

const demoCookie = 'vedette-demo-role'

type GateOptions = {
  mode: SignInMode
  /** Who does everything where nobody signs in, and who the demo person is. */
  person: Person
  sessions: Sessions
  /** Whether people open Vedette by https. */
  secure: boolean
}

/** What is read of a request. */
type Sender = Pick<FastifyRequest, 'headers' | 'ip'>

export class Gate {
  readonly mode: SignInMode
  /** Whether people open Vedette by https, so that cookies are sent only by it. */
  readonly secure: boolean
  readonly #options: GateOptions
  readonly #cookie: string

  constructor(options: GateOptions) {
    this.#options = options
    this.mode = options.mode
    this.secure = options.secure
    // Browsers take a cookie of this prefix only by https, for this host alone.
    this.#cookie = options.secure ? '__Host-sid' : 'sid'
  }

  /** Throws where this server has no accounts. */
  requireAccounts(): void {
    if (this.mode !== 'local') throw refuse('not-found', 404, { code: 'no-people' })
  }

  /** Throws where everyone is an admin. */
  requireRoles(): void {
    if (this.mode === 'off') throw refuse('not-found', 404, { code: 'no-people' })
  }

  #cookieOf({ headers }: Sender, name: string): string | undefined {
    return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[name]
  }

  /** Who sends this, and by which session; undefined if no one is signed in. `used`: a person did something. */
  async find(
    request: Sender,
    used: boolean,
  ): Promise<{ person: Person; session?: string } | undefined> {
    const { mode, person, sessions } = this.#options
    if (mode === 'off') return { person }
    if (mode === 'demo') {
      const chosen = this.#cookieOf(request, demoCookie)
      const role = roles.find((one) => one === chosen)
      return { person: { ...person, role: role ?? person.role } }
    }
    const token = this.#cookieOf(request, this.#cookie)
    return token ? sessions.find(token, used, request.ip) : undefined
  }

  /** Who sent a request, as they are now; throws a 401 or 403 where the person of a request has lost the session or the role since it came in. */
  async requireStill(request: Sender, role: Role): Promise<Person> {
    const found = await this.find(request, false)
    if (!found) throw this.refusal(request)
    if (!roleAllows(found.person.role, role))
      throw refuse('not-allowed', 403, { code: 'needs-role', role })
    return found.person
  }

  /** The 401 for a request that needs a session. */
  refusal(request: Sender) {
    const ended = Boolean(this.#cookieOf(request, this.#cookie))
    return refuse('signed-out', 401, { code: ended ? 'session-ended' : 'signed-out' })
  }

  #set(reply: FastifyReply, name: string, value: string, maxAge: number): void {
    const { secure } = this.#options
    const all = { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge } as const
    reply.header('set-cookie', stringifySetCookie({ name, value, ...all }))
  }

  /** Gives the browser a session's token, or with none takes it away. */
  give(reply: FastifyReply, token: string | undefined): void {
    this.#set(reply, this.#cookie, token ?? '', token ? SESSION_MOST_MS / 1000 : 0)
  }

  /** Lets the browser be the demo person in a role, also after a reload. */
  giveRole(reply: FastifyReply, role: Role): void {
    this.#set(reply, demoCookie, role, 30 * 24 * 3600)
  }
}
