/**
 * Checks why an instance may not respond, from what is known of it: the likeliest reason first. What couldn't be read is
 * unknown, and never counts as passed.
 */
import { loginWay, type LoginWay } from '#contract/access/login.ts'
import { openness, type Openness } from '#contract/access/openness.ts'
import type { Family } from '#contract/access/source.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import { isRunning } from '#contract/lifecycle.ts'
import { isInRescue, type PlatformEvent, type Timeline } from '#contract/timeline.ts'
import type { Instance, SecurityGroup, Template } from '#contract/types.ts'

import type { Row } from '../../../../api/inventory.ts'
import { outcomeOf } from '../../../../components/operation-outcome.ts'
import type { Explanation, Moment } from '../../../../console/lens/explain.ts'
import { groupOf } from '../../list/select-rows.ts'
import { timelineEntries, type TimelineEntry } from '../timeline/timeline-entries.ts'

/** `cause` explains it, `maybe` may explain it; `unknown` couldn't be read. */
export type Verdict = 'cause' | 'maybe' | 'unknown' | 'reading' | 'passed'

/** What a screenshot showed: one of the known screens, other text, or graphics. */
export type SeenScreen = { at: number; found: Explanation | 'text' | 'graphics' }

/** The last change, as the timeline tells it. */
export type LastChange = Extract<TimelineEntry, { what: 'operation' | 'event' }>

export type WhyCheck = { verdict: Verdict } & (
  | { check: 'zone' }
  | { check: 'state'; state: string }
  | { check: 'rescue' }
  | { check: 'screen'; seen: SeenScreen | undefined }
  | { check: 'address'; address: string | undefined }
  | { check: 'firewall'; way: LoginWay; openness: Openness }
  | { check: 'change'; change: LastChange | undefined }
)

/** Undefined while it is read, null if it can't be. */
type ReadOf<T> = T | undefined | null

export type WhyData = {
  row: Row
  detail: ReadOf<Instance>
  /** Undefined until it is known. */
  isZoneDown: boolean | undefined
  timeline: ReadOf<Timeline>
  template: ReadOf<Template>
  groups: ReadOf<readonly SecurityGroup[]>
  /** The address of the person who asks, if it is known. */
  own: string | undefined
  /** Undefined if no one has looked yet. */
  seen: SeenScreen | undefined
  isLooking: boolean
}

/** A change this long ago is hardly the reason. */
const recentMs = 24 * 3_600_000

/** After this long, the screen may show something else. */
const seenFreshMs = 2 * 60_000

/** Screens of an operating system that is up. */
const healthy: ReadonlySet<Moment> = new Set([
  'login',
  'login-refused',
  'password',
  'shell',
  'root-shell',
  'windows-locked',
])
/** Screens of one that isn't, and won't be without help. */
const broken: ReadonlySet<Moment> = new Set([
  'panic',
  'emergency',
  'initramfs',
  'no-boot-device',
  'boot-loader-prompt',
  'windows-stopped',
])

const isReadingOr = (read: ReadOf<unknown>): Verdict =>
  read === undefined ? 'reading' : 'unknown'

/** What is kept of a zone that doesn't respond may be wrong by now. */
const unlessDown = ({ isZoneDown }: WhyData, verdict: Verdict): Verdict =>
  isZoneDown ? 'unknown' : verdict

function stateCheck(data: WhyData): WhyCheck {
  const { row } = data
  const { state } = row
  const is = groupOf(row)
  const isStrange = is === 'attention' && state !== 'error' && !row.overdue
  const verdict = is === 'running' ? 'passed' : isStrange ? 'maybe' : 'cause'
  return { check: 'state', verdict: unlessDown(data, verdict), state }
}

function rescueCheck(data: WhyData): WhyCheck[] {
  const { row, timeline } = data
  if (!isRunning(row.state)) return []
  const known =
    row.mark?.rescue || (timeline && isInRescue(timeline.operations, timeline.events))
  const verdict = known ? 'cause' : timeline ? 'passed' : isReadingOr(timeline)
  return [{ check: 'rescue', verdict: unlessDown(data, verdict) }]
}

/** After these, an earlier screenshot says nothing about the screen. */
const changesScreen: ReadonlySet<string> = new Set([
  'start-instance',
  'stop-instance',
  'reboot-instance',
  'revert-instance-to-snapshot',
] satisfies EndpointId[])

/** Whether what was seen still says something about the instance. */
function isCurrent({ at }: SeenScreen, { timeline }: WhyData, now: number): boolean {
  if (now - at > seenFreshMs) return false
  const { operations = [], events = [] } = timeline ?? {}
  return !(
    operations.some((one) => changesScreen.has(one.endpoint) && one.startedAt > at) ||
    events.some((one) => changesScreen.has(one.handler) && !isRejected(one) && one.at > at)
  )
}

function screenVerdict(data: WhyData, now: number): Verdict {
  const { seen, isLooking } = data
  if (!seen || !isCurrent(seen, data, now)) return isLooking ? 'reading' : 'unknown'
  if (typeof seen.found === 'string') return 'unknown'
  const { moment } = seen.found
  if (healthy.has(moment)) return 'passed'
  return broken.has(moment) ? 'cause' : 'maybe'
}

function screenCheck(data: WhyData, now: number): WhyCheck[] {
  if (!isRunning(data.row.state)) return []
  return [{ check: 'screen', verdict: screenVerdict(data, now), seen: data.seen }]
}

const addressesOf = ({ row, detail }: WhyData) => ({
  ipv4: row['public-ip'] ?? detail?.['public-ip'],
  ipv6: row['ipv6-address'] ?? detail?.['ipv6-address'],
  elastic: detail?.['elastic-ips']?.find(({ ip }) => ip)?.ip,
})

/** A zone leaves out what an instance doesn't have; which ones it is to have tells the two apart. */
function addressCheck(data: WhyData): WhyCheck {
  const { row, detail } = data
  const { ipv4, ipv6, elastic } = addressesOf(data)
  const address = ipv4 ?? ipv6 ?? elastic
  const assigned = row['public-ip-assignment'] ?? detail?.['public-ip-assignment']
  const isKnown = assigned !== undefined && detail
  const verdict = address ? 'passed' : isKnown ? 'cause' : isReadingOr(detail)
  return { check: 'address', verdict: unlessDown(data, verdict), address }
}

function firewallVerdict({ to }: Openness, { groups, template }: WhyData): Verdict {
  if (template === undefined) return 'reading'
  if (to === 'unknown') return isReadingOr(groups)
  const isOpen = to === 'anyone' || to === 'you'
  // People may log in to what isn't known in another way than by the port that was checked.
  if (template === null) return isOpen ? 'unknown' : 'maybe'
  if (to === 'some') return 'maybe'
  return isOpen ? 'passed' : 'cause'
}

function firewallCheck(data: WhyData): WhyCheck {
  const { row, detail, groups, template, own } = data
  const { ipv4, ipv6, elastic } = addressesOf(data)
  const way = loginWay(template ?? undefined)
  const families: Family[] = [
    ...(ipv4 || elastic ? ([4] as const) : []),
    ...(ipv6 ? ([6] as const) : []),
  ]
  const listed = row['security-groups'] ?? detail?.['security-groups']
  const ofGroups = openness({
    ids: listed?.flatMap(({ id }) => id ?? []),
    groups: groups ?? undefined,
    port: way.port,
    families: families.length > 0 ? families : [4, 6],
    own,
  })
  const isKnown = !data.isZoneDown && template !== undefined
  const found: Openness = isKnown ? ofGroups : { to: 'unknown' }
  const verdict = unlessDown(data, firewallVerdict(found, data))
  return { check: 'firewall', verdict, way, openness: found }
}

/** What can't keep an instance from responding. */
const harmless: ReadonlySet<string> = new Set(['snapshots', 'lock', 'console', 'other'])

const isRejected = ({ status = 200 }: PlatformEvent): boolean => status >= 400

/** What a start or a reboot that is done has ended; it changes neither the network nor the hardware. */
const endedByStart: ReadonlySet<string> = new Set(['power', 'settings'])

const isDoneStart = (change: LastChange): boolean =>
  change.what === 'operation' &&
  outcomeOf(change.operation) === 'done' &&
  ['start-instance', 'reboot-instance'].includes(change.operation.endpoint)

/** The newest change that may be the reason; `changes` are newest first. */
function suspect(changes: readonly LastChange[], now: number): LastChange | undefined {
  const recent = changes.filter(({ at }) => now - at <= recentMs)
  const start = recent.findIndex(isDoneStart)
  return recent.find(
    ({ kind }, index) => start === -1 || index < start || !endedByStart.has(kind),
  )
}

function changeCheck({ timeline }: WhyData, now: number): WhyCheck {
  if (!timeline)
    return { check: 'change', verdict: isReadingOr(timeline), change: undefined }
  const known = { live: [], timeline, snapshots: [], createdAt: undefined }
  const changes = timelineEntries(known).filter(
    (entry): entry is LastChange =>
      (entry.what === 'operation' ||
        (entry.what === 'event' && !isRejected(entry.event))) &&
      !harmless.has(entry.kind),
  )
  const found = suspect(changes, now)
  const change = found ?? changes[0]
  const verdict = found ? 'maybe' : 'passed'
  // Someone may have changed the instance since, without Vedette.
  if (timeline.eventsMissing && verdict === 'passed')
    return { check: 'change', verdict: 'unknown', change }
  return { check: 'change', verdict, change }
}

function zoneVerdict(data: WhyData): Verdict {
  return data.isZoneDown === undefined ? 'reading' : unlessDown(data, 'passed')
}

const rank: Record<Verdict, number> = {
  cause: 0,
  maybe: 1,
  unknown: 2,
  reading: 3,
  passed: 4,
}

/** All checks of an instance, the likeliest reason first, and of equal ones in the order in which things depend. */
export function whyChecks(data: WhyData, now: number): WhyCheck[] {
  const all: WhyCheck[] = [
    { check: 'zone', verdict: zoneVerdict(data) },
    stateCheck(data),
    ...rescueCheck(data),
    ...screenCheck(data, now),
    addressCheck(data),
    firewallCheck(data),
    changeCheck(data, now),
  ]
  return all.toSorted((a, b) => rank[a.verdict] - rank[b.verdict])
}
