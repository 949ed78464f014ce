/**
 * Talks to the identity provider by OpenID Connect: code flow with PKCE, state, nonce and the check of the
 * issuer, all by `openid-client`. What is asked of it ends within seconds, and its tokens stay in here
 * (docs/decisions/0029).
 */
import { createHash } from 'node:crypto'

import type * as OpenIdClient from 'openid-client'

import type { Person, ProviderWay } from '#contract/people/people.ts'
import type { SignOnProblem } from '#contract/people/sign-on.ts'

import { isWhole } from '../store/kinds.ts'
import { groupsIn, hasName, type Claims } from './claims.ts'
import type { OidcSettings } from './oidc-settings.ts'
import type { Transaction } from './transactions.ts'

/** One request to the provider, in seconds; and all that a sign-in needs, in ms. */
const requestSeconds = 5
const patienceMs = 9_000
/**
 * How long what the provider says of itself is believed: for who comes back, and before a browser is sent
 * there, where it would show an error of its own if nothing answers.
 */
const knownMs = 3_600_000
const freshMs = 2_000
/** How often it is asked for what no one waits for. */
const askedMs = 60_000
/** Of one answer: what a provider says of itself, its keys, and a person with all their groups. */
const mostBytes = 1024 * 1024
/** Sign-ins that end at the same time; each is a request to the provider. */
const mostAtOnce = 50
const mostSubject = 255
const mostDetail = 500

/** Why someone isn't signed in; `detail` is for the log, and contains no token. */
export class SignOnError extends Error {
  readonly why: SignOnProblem
  readonly detail: string | undefined
  /** Whose account it is, where the provider has said so and there is one. */
  readonly person: Person | undefined

  constructor(why: SignOnProblem, detail?: string, person?: Person) {
    super(why)
    this.why = why
    this.detail = detail
    this.person = person
  }
}

/** Someone as the identity provider knows them. */
export type Subject = { issuer: string; subject: string }

/** An error and what caused it, the outermost first. */
function* chainOf(error: unknown): Generator<unknown> {
  let one = error
  for (let depth = 0; depth < 6 && one !== undefined; depth += 1) {
    yield one
    one = one instanceof Error ? one.cause : undefined
  }
}

function isUnreachable(error: unknown): boolean {
  return [...chainOf(error)].some((one) => {
    // What the client read is the cause of its error.
    if (one instanceof Response) return one.status >= 500 || one.status === 429
    if (!(one instanceof Error)) return false
    const isFetch =
      one instanceof TypeError && /^(fetch failed|terminated)$/.test(one.message)
    return isFetch || one.name === 'TimeoutError' || one.name === 'AbortError'
  })
}

/** The claim of a token, or the attribute of an answer, whose value was another than expected. */
function wrongValue(error: unknown): unknown {
  for (const one of chainOf(error)) {
    // What is no object has no members.
    const { claim, attribute } = Object(one) as { claim?: unknown; attribute?: unknown }
    if (claim ?? attribute) return claim ?? attribute
  }
  return undefined
}

/** What the provider's refusal on its own page means; any other is a mistake in the settings. */
const refusals = new Map<unknown, SignOnProblem>([
  ['access_denied', 'provider-rejected'],
  ['login_required', 'provider-rejected'],
  ['consent_required', 'provider-rejected'],
  ['interaction_required', 'provider-rejected'],
  ['temporarily_unavailable', 'provider-unreachable'],
  ['server_error', 'provider-unreachable'],
  // Of the token endpoint: the code was used, or is too old.
  ['invalid_grant', 'sign-on-expired'],
])

/** What an error of the client means for the person, with words for the log. */
function signOnError(error: unknown): SignOnError {
  if (error instanceof SignOnError) return error
  const errors = [...chainOf(error)].filter((one) => one instanceof Error)
  // As above.
  const said = Object(error) as { error?: unknown; code?: unknown }
  const words = errors.map(({ message }) => message).join(': ')
  const detail = [said.code, said.error, words]
    .filter((one) => typeof one === 'string')
    .join(' ')
    .slice(0, mostDetail)
  const refusal = refusals.get(said.error)
  if (refusal) return new SignOnError(refusal, detail)
  if (isUnreachable(error)) return new SignOnError('provider-unreachable', detail)
  const value = wrongValue(error)
  if (value === 'nonce') return new SignOnError('wrong-nonce', detail)
  const isIssuer = value === 'iss' || value === 'issuer'
  if (isIssuer || words.includes('"iss" (issuer)'))
    return new SignOnError('wrong-issuer', detail)
  return new SignOnError('provider-failed', detail)
}

/** Waits for the provider only as long as someone waits for the page. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    const late = () => reject(new SignOnError('provider-unreachable', 'took too long'))
    timer = setTimeout(late, patienceMs)
  })
  try {
    return await Promise.race([work, tooLate])
  } catch (error) {
    throw signOnError(error)
  } finally {
    clearTimeout(timer)
  }
}

/** `fetch` that reads no more of an answer than any provider says. */
const boundedFetch: OpenIdClient.CustomFetch = async (url, options) => {
  // Of the bodies that it names, all are among those of `fetch`.
  const response = await fetch(url, options as RequestInit)
  const { status, statusText, headers, body } = response
  if (!body) return response
  const parts: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    parts.push(read.value)
    if (length <= mostBytes) continue
    await reader.cancel()
    throw new SignOnError('provider-failed', `an answer of more than ${mostBytes} bytes`)
  }
  return new Response(Buffer.concat(parts), { status, statusText, headers })
}

/** `at` by `performance.now()`. */
type Known = { client: typeof OpenIdClient; config: OpenIdClient.Configuration; at: number }

export class Provider {
  readonly #settings: OidcSettings
  readonly #origin: () => string
  #known: Known | undefined
  #learning: Promise<Known> | undefined
  #askedAt = -Infinity
  #finishing = 0

  /** `origin` is where people open Vedette. */
  constructor(settings: OidcSettings, origin: () => string) {
    this.#settings = settings
    this.#origin = origin
  }

  /** What people know it as, and the claim that contains their groups. */
  get way(): ProviderWay {
    const { name, rolesClaim: claim } = this.#settings
    return { name, claim }
  }

  /** Which claim contains the groups, and which of them have a role. */
  get rules(): Pick<OidcSettings, 'roles' | 'rolesClaim'> {
    return this.#settings
  }

  /** Reads what the provider says of itself, unless that is known and not too old. */
  async #learn(mostMs = knownMs): Promise<Known> {
    const known = this.#known
    if (known && performance.now() - known.at < mostMs) return known
    this.#learning ??= this.#discover().finally(() => (this.#learning = undefined))
    return this.#learning
  }

  async #discover(): Promise<Known> {
    const { issuer, clientId, clientSecret } = this.#settings
    // Loaded only where there is a provider.
    const client = await import('openid-client')
    const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []
    const found = await client.discovery(issuer, clientId, undefined, undefined, {
      timeout: requestSeconds,
      execute: insecure,
      [client.customFetch]: boundedFetch,
    })
    const metadata = found.serverMetadata()
    // The client makes exceptions for Microsoft, where one issuer would stand for all its customers.
    if (new URL(metadata.issuer).href !== issuer.href)
      throw new SignOnError('wrong-issuer', `its metadata says ${metadata.issuer}`)
    // The same keeps the provider's keys, which it has read.
    const known = this.#known
    const said = JSON.stringify(metadata)
    if (known && said === JSON.stringify(known.config.serverMetadata())) {
      known.at = performance.now()
      return known
    }
    // Without a list, the standard says the first.
    const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const config = new client.Configuration(
      metadata,
      clientId,
      undefined,
      ways.includes('client_secret_post')
        ? client.ClientSecretPost(clientSecret)
        : client.ClientSecretBasic(clientSecret),
    )
    config.timeout = requestSeconds
    config[client.customFetch] = boundedFetch
    for (const extend of insecure) extend(config)
    // By default it doesn't check signatures of what comes from the token endpoint.
    client.enableNonRepudiationChecks(config)
    this.#known = { client, config, at: performance.now() }
    return this.#known
  }

  get #redirectUri(): string {
    return `${this.#origin()}/auth/callback`
  }

  /** The provider's page for this sign-in. Throws a `SignOnError`. */
  async startUrl({ state, nonce, verifier }: Transaction): Promise<string> {
    const { client, config } = await inTime(this.#learn(freshMs))
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: this.#redirectUri,
      scope: this.#settings.scopes,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    return url.href
  }

  /**
   * Who came back, with all that the provider says of them; `query` is what it added to the address. Throws
   * a `SignOnError`.
   */
  async finish(
    query: string,
    transaction: Transaction,
  ): Promise<Subject & { claims: Claims }> {
    if (this.#finishing >= mostAtOnce)
      throw new SignOnError('provider-unreachable', 'too many sign-ins at once')
    this.#finishing += 1
    try {
      return await inTime(this.#finish(query, transaction))
    } catch (error) {
      // It may have moved, or have other keys.
      this.#known = undefined
      throw error
    } finally {
      this.#finishing -= 1
    }
  }

  async #finish(query: string, { state, nonce, verifier }: Transaction) {
    const { client, config } = await this.#learn()
    const came = new URL(`${this.#redirectUri}?${query}`)
    const tokens = await client.authorizationCodeGrant(config, came, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const said = tokens.claims()
    const subject = said?.sub ?? ''
    if (!said || subject === '' || subject.length > mostSubject || !isWhole(subject))
      throw new SignOnError('provider-failed', 'no usable subject')
    const isAll = groupsIn(said, this.#settings.rolesClaim) !== undefined && hasName(said)
    const more =
      isAll || !config.serverMetadata().userinfo_endpoint
        ? {}
        : await client.fetchUserInfo(config, tokens.access_token, subject)
    // What is signed counts where both say something.
    return { issuer: said.iss, subject, claims: { ...more, ...said } }
  }

  /** Whether it is known to have a page that ends its own session. */
  get endsSessions(): boolean {
    // After a restart it isn't known before the next sign-in, so it is asked in time for the next page.
    if (!this.#known && performance.now() - this.#askedAt >= askedMs) {
      this.#askedAt = performance.now()
      this.#learn().catch(() => undefined)
    }
    return this.#known?.config.serverMetadata().end_session_endpoint !== undefined
  }

  /** The page on which the provider ends its session, and then leads to `path`; undefined if it has none. */
  async endUrl(path: string): Promise<string | undefined> {
    try {
      const { client, config } = await inTime(this.#learn(freshMs))
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined
      // Without the token by which it would know the session, because no token is kept.
      const back = `${this.#origin()}${path}`
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: back }).href
    } catch (error) {
      if (error instanceof SignOnError) return undefined
      throw error
    }
  }
}

/** Names a person's identity provider by its issuer. */
export type ProviderNames = (issuer: string) => string

/** Names the provider of the settings as they say, and any earlier one by its host. */
export const providerNames =
  (settings: Pick<OidcSettings, 'issuer' | 'name'> | undefined): ProviderNames =>
  (issuer) => {
    const url = new URL(issuer)
    return url.href === settings?.issuer.href ? settings.name : url.host
  }
