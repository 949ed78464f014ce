/**
 * Returns where a browser opens the websocket of one connection attempt. Each attempt requests a new
 * address from the zone. Addresses are never stored or logged, because an address is a secret
 * (docs/platform.md#console-addresses).
 */
import type { FastifyRequest } from 'fastify'

import type { ConsoleTicket } from '#contract/console.ts'
import { endpoints } from '#contract/endpoints.ts'
import type { Person } from '#contract/people/people.ts'
import type { ScreenRights } from '#contract/people/policy.ts'

import { checkRequest } from './calls/check.ts'
import type { ConsoleDeps } from './deps.ts'
import { isLoopback } from './env.ts'
import { rememberVisit } from './history/timeline.ts'
import { reachOf } from './people/reach.ts'
import { isLimited } from './relay/client-limits.ts'
import { viewerKey } from './sitting.ts'
import { refuse } from './zone/refusals.ts'
import { readJson, type ZoneClient } from './zone/zone.ts'

/** As the contract has it; what a zone really says is checked. */
type ProxyUrl = { url?: unknown; host?: unknown; path?: unknown }

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The address in a zone's answer; no address if there is none in it. */
const addressIn = ({ url, host, path }: ProxyUrl): string =>
  textIn(url) || `wss://${textIn(host)}/${textIn(path).replace(/^\/+/, '')}`

/** Whether a host is among the patterns; `*` stands for any labels, or any port. */
function hostMatches(host: string, patterns: string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.replace(/[.]/g, '\\.').replaceAll('*', '[\\w.-]+')
    return new RegExp(`^${source}$`).test(host)
  })
}

/** Stores the visit without waiting, because the audit log has it already. */
function remember(
  { watcher, store }: ConsoleDeps,
  request: FastifyRequest,
  zone: string,
  instanceId: string,
): void {
  const subject = watcher.nameOf(zone, instanceId)
  rememberVisit(store, { zone, instanceId, by: request.person.name, subject }).catch(
    (error: unknown) => {
      request.log.warn({ err: error }, 'could not store a console session')
    },
  )
}

/** Who asks and what they may do, at one and the same moment; throws for those who may not see the screen any more. */
async function rightsNow(
  deps: ConsoleDeps,
  request: FastifyRequest,
): Promise<{ person: Person; limits: ScreenRights }> {
  let isOld = false
  const stop = deps.sessions.watch(request, () => {
    isOld = true
  })
  try {
    const { role } = endpoints['get-console-proxy-url']
    const person = await deps.gate.requireStill(request, role)
    const limits = await deps.policies.require(person.role, 'see')
    if (!isOld) return { person, limits }
  } finally {
    stop()
  }
  // Something changed between the two.
  return rightsNow(deps, request)
}

/** How a screen is asked for. */
type Opening = {
  zone: ZoneClient
  path: string
  instanceId: string
  /** Whether it goes through the relay in any case, which then knows when it has ended. */
  isRelayed: boolean
  closed: () => void
}

/**
 * Where the browser finds a screen: Exoscale's own URL, or a path on the server's origin. A host that CONSOLE_HOSTS
 * doesn't allow is a `zone-garbage` problem, so that no zone can direct a browser, or this server, to a host of its
 * choice.
 */
async function addressFor(
  deps: ConsoleDeps,
  request: FastifyRequest,
  { zone, path, instanceId, isRelayed, closed }: Opening,
): Promise<string> {
  const { options, relay } = deps
  const answer = await zone.request({ method: 'GET', path })
  const told = await readJson<ProxyUrl>(zone.name, answer)
  // The zone may have taken its time, and what ends with a right knows only of what is open.
  const { person, limits } = await rightsNow(deps, request)
  reachOf(deps, person).requireInstance(zone.name, instanceId)
  const through = (url: string) =>
    isRelayed || isLimited(limits)
      ? relay.mint({
          url,
          zone: zone.name,
          instanceId,
          limits,
          watch: (end) => deps.sessions.watch({ session: request.session, person }, end),
          closed: isRelayed ? closed : undefined,
        })
      : undefined
  const text = addressIn(told)
  const own = options.ownConsoleOrigin?.()
  if (own && text.startsWith(`${own}/`)) return through(text) ?? text.slice(own.length)
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Only a proxy on this host may have no certificate.
  const safe =
    url?.protocol === 'wss:' || (url?.protocol === 'ws:' && isLoopback(url.hostname))
  if (!url || !safe || !hostMatches(url.host, options.consoleHosts)) {
    throw refuse('zone-garbage', 502, { code: 'console-host' }, { zone: zone.name })
  }
  return through(url.href) ?? url.href
}

/** Mints a console's address and returns where the browser finds it. */
export async function consoleTicket(
  deps: ConsoleDeps,
  request: FastifyRequest,
): Promise<ConsoleTicket> {
  const rights = await deps.policies.require(request.person.role, 'see')
  const isRelayed = deps.session.consoleVia === 'relay' || isLimited(rights)
  const { zone, path, parameters } = checkRequest(deps, request)
  const instanceId = parameters['id'] ?? ''
  const place = { zone: zone.name, instanceId }
  const glances = Boolean(request.headers['x-vedette-glance'])
  if (glances && deps.viewers.isTaken(place))
    throw refuse('in-use', 409, { code: 'screen-in-use' })
  const key = viewerKey(request)
  const others = key ? { others: deps.viewers.others(place, key) } : {}
  if (key && !glances) deps.viewers.sit(place, key, request.person.name, true)
  const screen = { ...place, name: deps.watcher.nameOf(zone.name, instanceId) }
  const entry = glances
    ? await deps.screens.glance(request, screen)
    : await deps.screens.open(request, screen, isRelayed ? undefined : key)
  try {
    const { closed } = entry
    const opening = { zone, path, instanceId, isRelayed, closed }
    const url = await addressFor(deps, request, opening)
    await entry.given()
    // Screenshots for the wall and other pages don't count as visits.
    if (!glances) remember(deps, request, zone.name, instanceId)
    return { url, ...others }
  } catch (error) {
    entry.refused()
    throw error
  }
}
