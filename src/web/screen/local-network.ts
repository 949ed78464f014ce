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
  if (host === location.host) return undefined
  const state = await permission(hostname)
  if (state === 'denied') return 'denied'
  // Every page is in this state before it asks, so the name must speak for it.
  return state === 'prompt' && isPrivate(hostname) ? 'prompt' : undefined
}
