/**
 * Finds out whether the browser keeps the page from a host on a private network. Chromium asks a person
 * before a page of a public address opens a websocket to one, and tells the page only that it failed
 * (docs/operating.md#consoles-on-a-private-network).
 */
const isLoopback = (host: string) => /^(localhost|127\.|\[::1\])/.test(host)

/** Addresses and names that are never public. Any other name may lead to one all the same. */
const isPrivate = (host: string) =>
  isLoopback(host) ||
  /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
  /^\[(f[cd]|fe[89ab])/i.test(host) ||
  /\.(local|internal|lan|intranet|home\.arpa)$/i.test(host)

/** How private an address is to browsers: public, of the local network, of the computer itself. */
const privacyOf = (host: string) => (isLoopback(host) ? 2 : isPrivate(host) ? 1 : 0)

/** Whether browsers may have a say: only the way to a more private address than the page's is guarded. */
export const isGuarded = (pageHost: string, host: string): boolean =>
  privacyOf(pageHost) === 0 || privacyOf(pageHost) < privacyOf(host)

/** `prompt`: it asks, or would ask. Absent if the browser has no such rule, or allows it. */
export type Blocked = 'denied' | 'prompt'

async function permission(host: string): Promise<PermissionState | undefined> {
  // Chromium's names, the newer ones first.
  const names = [
    isLoopback(host) ? 'loopback-network' : 'local-network',
    'local-network-access',
  ]
  for (const name of names) {
    try {
      // Not in the standard types; a browser throws for a name that it doesn't know.
      return (await navigator.permissions.query({ name: name as PermissionName })).state
    } catch {
      // The older name, or a browser without this rule.
    }
  }
  return undefined
}

/** Whether the browser may be the reason why this websocket did not open. */
export async function blockedBy(url: string): Promise<Blocked | undefined> {
  const { hostname, host } = new URL(url)
  if (host === location.host || !isGuarded(location.hostname, hostname)) return undefined
  const state = await permission(hostname)
  if (state === 'denied') return 'denied'
  // Every page is in this state before it asks, so the name must speak for it.
  return state === 'prompt' && isPrivate(hostname) ? 'prompt' : undefined
}
