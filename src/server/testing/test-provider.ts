/**
 * An identity provider for tests: the real `oidc-provider` on a port of this host, with a sign-in page of its
 * own on which anyone enters the name of an account.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { Provider, type Configuration, type JWK } from 'oidc-provider'

export const clientSecret = 'canary-of-the-client'
const clientId = 'vedette'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
// What Node exports is a key that the package reads.
const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as JWK

/** What the provider says of an account, except for its subject, which is its name here. */
export type TestClaims = Record<string, unknown>

export type TestProvider = {
  issuer: string
  /** By the name that is entered on the sign-in page; tests change it while it runs. */
  accounts: Map<string, TestClaims>
  /** The requests that Vedette's server sent, as `POST /token`. */
  asked: string[]
  /** Lets requests of Vedette's server wait without an answer. */
  hangs: boolean
  /** Stops answering at all, as if it were switched off; may be called twice. */
  stop(): Promise<void>
  /** Starts it again on the same port. */
  start(): Promise<void>
}

export type ProviderChanges = {
  /** Where people come back to; with the port. */
  origins: string[]
  /** Whether groups and names are in the ID token, and not only in what `userinfo` returns. */
  inIdToken?: boolean
  /** More settings of the package. */
  changes?: Configuration
}

const form = (uid: string) =>
  `<!doctype html><html lang="en"><title>Test provider</title><h1>Test provider</h1>
<form method="post" action="/interaction/${uid}">
<label>Account <input name="account" autofocus></label>
<button name="do" value="enter">Continue</button><button name="do" value="cancel">Cancel</button>
</form></html>`

function settings(
  { origins, inIdToken = false, changes }: ProviderChanges,
  all: TestProvider,
) {
  const configuration: Configuration = {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: origins.map((origin) => `${origin}/auth/callback`),
        post_logout_redirect_uris: origins.map((origin) => `${origin}/sign-in`),
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
    conformIdTokenClaims: !inIdToken,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) =>
      all.accounts.has(sub)
        ? { accountId: sub, claims: async () => ({ ...all.accounts.get(sub), sub }) }
        : undefined,
    // No one is asked whether Vedette may know the name.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    ttl: {
      Session: 3_600,
      Grant: 3_600,
      Interaction: 3_600,
      IdToken: 600,
      AccessToken: 600,
    },
    ...changes,
  }
  return configuration
}

/** The sign-in page: shows the form, and takes what was entered. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const uid = request.url?.split('/')[2] ?? ''
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(form(uid))
    return
  }
  const entered = new URLSearchParams(await text(request))
  await provider.interactionFinished(
    request,
    response,
    entered.get('do') === 'cancel'
      ? { error: 'access_denied', error_description: 'canceled on the page' }
      : { login: { accountId: entered.get('account') ?? '' } },
  )
}

/** What Vedette's server asks; everything else comes from browsers. */
const ofServer = /^\/(token|me|jwks|\.well-known\/)/

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    // A TCP server's address is an AddressInfo.
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** Starts a provider that knows one client, Vedette. */
export async function startProvider(options: ProviderChanges): Promise<TestProvider> {
  let handle = (_request: IncomingMessage, _response: ServerResponse) => {}
  let server = createServer((request, response) => handle(request, response))
  const port = await listen(server, 0)
  const all: TestProvider = {
    issuer: `http://127.0.0.1:${port}`,
    accounts: new Map(),
    asked: [],
    hangs: false,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async start() {
      server = createServer((request, response) => handle(request, response))
      await listen(server, port)
    },
  }
  const provider = new Provider(all.issuer, settings(options, all))
  const answer = provider.callback()
  handle = (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (ofServer.test(path)) {
      all.asked.push(`${request.method} ${path}`)
      if (all.hangs) return
    }
    if (path.startsWith('/interaction/')) void interact(provider, request, response)
    else void answer(request, response)
  }
  return all
}

/** The settings with which Vedette uses it. */
export const settingsOf = ({ issuer }: TestProvider) => ({
  issuer: new URL(issuer),
  clientId,
  clientSecret,
  roles: new Map([
    ['ops', 'operator'],
    ['leads', 'admin'],
    ['all', 'viewer'],
  ] as const),
  rolesClaim: 'groups',
  name: 'Acme',
  scopes: 'openid profile',
})

/** A browser at the provider, without the rest of a browser: follows redirects and keeps cookies. */
export class ProviderVisitor {
  readonly #cookies = new Map<string, string>()

  async #visit(url: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body ? { method: 'POST', body } : {}),
    })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  /** Signs in as an account if that is asked, and returns the address that leads back to Vedette. */
  async signIn(start: string, account: string, what = 'enter'): Promise<string> {
    const { origin } = new URL(start)
    let url = start
    for (let step = 0; step < 10; step += 1) {
      if (new URL(url).origin !== origin) return url
      const isForm = new URL(url).pathname.startsWith('/interaction/')
      const entered = isForm ? new URLSearchParams({ account, do: what }) : undefined
      const response = await this.#visit(url, entered)
      const next = response.headers.get('location')
      if (!next) throw new Error(`${response.status} at ${url}: ${await response.text()}`)
      url = new URL(next, url).href
    }
    throw new Error('the provider leads in a circle')
  }
}
