/**
 * Describes the way through the identity provider: `/auth/start` sends the browser there, and `/auth/callback`
 * either signs the person in or leads to the sign-in page, which says why it didn't.
 */
/** Why someone who comes to the sign-in page wasn't signed in: the value of `?problem=`. */
const problems = [
  'provider-unreachable',
  'provider-failed',
  'provider-rejected',
  'provider-keeps-session',
  'sign-on-expired',
  'wrong-nonce',
  'wrong-issuer',
  'no-groups',
  'no-group-with-role',
  'account-disabled',
  'store-unavailable',
  'internal',
] as const

/**
 * A code, which pages word in the reader's language: browsers navigate here, so that there is no answer to
 * put a `Problem` in.
 */
export type SignOnProblem = (typeof problems)[number]

/** The problem that the sign-in page's address names, if it names one. */
export const signOnProblemOf = (value: string | null): SignOnProblem | undefined =>
  problems.find((one) => one === value)

/** The page in the small window by which someone signs in again beside a page that stays as it is. */
export const signedInPath = '/signed-in'

const home = '/'
const waysIn = new Set(['/sign-in', '/set-up', '/auth/start', '/auth/callback'])

/** A longer address wouldn't fit into the cookie that keeps it. */
const mostCharacters = 1_000

/** Splits an address without its origin into its three parts. */
const parts = /^([^?#]*)(\?[^#]*)?(#.*)?$/s

/**
 * The page of Vedette that an address names, to go there after signing in; the start page for anything else. Browsers
 * read `/\\host` and `//host` as another host, also with tabs and line breaks in between.
 */
export function whereTo(to: unknown): string {
  if (typeof to !== 'string' || to.length > mostCharacters) return home
  if (!/^\/(?![/\\])[\x20-\x7e]*$/.test(to) || to.includes('\\')) return home
  const [, path = ''] = parts.exec(to) ?? []
  return waysIn.has(path.replace(/\/+$/, '')) ? home : to
}

/** The address that leads to the identity provider, and from there to a page of Vedette. */
export const startPath = (to: string): string =>
  `/auth/start?${encodeQuery({ to: whereTo(to) })}`

/** The address of the sign-in page, with the reason why someone is there and where they were going. */
export function signInPath(to: string, problem?: SignOnProblem | undefined): string {
  const isHome = to === home
  const query = encodeQuery({ problem, to: isHome ? undefined : to })
  return query ? `/sign-in?${query}` : '/sign-in'
}

const encodeQuery = (values: Record<string, string | undefined>): string =>
  Object.entries(values)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    .join('&')
