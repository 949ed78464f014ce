const home = '/instances'
const waysIn = new Set(['/sign-in', '/set-up'])

/** The page of Vedette that an address names, to go there after signing in; the list for anything else. */
export function whereTo(to: string | null, origin: string): string {
  if (!to?.startsWith('/') || !URL.canParse(to, origin)) return home
  const url = new URL(to, origin)
  if (url.origin !== origin || waysIn.has(url.pathname)) return home
  return url.pathname + url.search + url.hash
}

/** The address of the sign-in page that leads back to where someone is. */
export function signInPath({
  pathname,
  search,
  hash,
}: Pick<Location, 'pathname' | 'search' | 'hash'>): string {
  const to = pathname + search + hash
  return to === '/' || to === home ? '/sign-in' : `/sign-in?${new URLSearchParams({ to })}`
}
