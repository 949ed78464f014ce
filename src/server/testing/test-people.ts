/** People who use a console in tests: each has a browser's cookie and sends what pages send. */
import type { Role } from '#contract/endpoints.ts'
import type { Invited } from '#contract/people/people.ts'
import type { Session } from '#contract/people/session.ts'

import { firstLink } from '../people/first-link.ts'
import type { Store } from '../store/store.ts'

export const password = 'correct horse battery staple'

/** What an answer is to a test. */
export type Answer = { status: number; body: unknown; headers: Headers }

export class TestPerson {
  readonly #origin: string
  cookie = ''

  constructor(origin: string) {
    this.#origin = origin
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { 'x-vedette': '1' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const [set] = response.headers.getSetCookie()
    if (set !== undefined) this.cookie = set.split(';')[0] ?? ''
    const text = await response.text()
    const isJson = /json(;|$)/.test(response.headers.get('content-type') ?? '')
    const read: unknown = isJson ? JSON.parse(text) : text
    return {
      status: response.status,
      body: read,
      headers: response.headers,
    }
  }

  /** The status and the cause's code, which tests compare. */
  async told(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.send(method, path, body)
    // What has no cause has no code.
    const { cause } = Object(answer.body) as { cause?: { code: string } }
    return [answer.status, cause?.code].filter(Boolean).join(' ')
  }

  signIn(name: string, secret = password): Promise<string> {
    return this.told('POST', '/api/sign-in', { name, password: secret })
  }

  async session(): Promise<Session> {
    return (await this.send('GET', '/api/session')).body as Session // the contract's answer
  }
}

/** The token in a link's path. */
export const tokenIn = (path: string): string => path.split('#')[1] ?? ''

/** The first admin, signed in. */
export async function firstAdmin(origin: string, store: Store): Promise<TestPerson> {
  const link = await firstLink(store)
  const ana = new TestPerson(origin)
  await ana.send('POST', '/api/set-up', {
    token: tokenIn(link?.path ?? ''),
    name: 'Ana',
    password,
  })
  return ana
}

/** Someone whom an admin invited and who is signed in; `id` is theirs. */
export async function invited(
  admin: TestPerson,
  origin: string,
  { name, role }: { name: string; role: Role },
): Promise<{ person: TestPerson; id: string }> {
  const { body } = await admin.send('POST', '/api/people', { name, role })
  const { path, person: row } = body as Invited // the contract's answer
  const person = new TestPerson(origin)
  await person.send('POST', '/api/set-up', { token: tokenIn(path), password })
  return { person, id: row.id }
}
