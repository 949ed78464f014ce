/** Merges operations, events and snapshots into the lines of a timeline, newest first. */
import type { FollowedOperation } from '#contract/operation.ts'
import type { PlatformEvent, Timeline } from '#contract/timeline.ts'
import type { Snapshot } from '#contract/types.ts'

/** The kinds that the timeline can be filtered by. */
export const entryKinds = [
  'power',
  'settings',
  'hardware',
  'network',
  'snapshots',
  'lock',
  'console',
  'other',
] as const
export type EntryKind = (typeof entryKinds)[number]

export type TimelineEntry = {
  /** Identifies the entry in an address: `?at=<key>`. */
  key: string
  at: number
  kind: EntryKind
  by?: string | undefined
} & (
  | { what: 'operation'; operation: FollowedOperation }
  | { what: 'event'; event: PlatformEvent }
  | { what: 'snapshot'; snapshot: Snapshot }
  | { what: 'made' }
)

const kinds: [pattern: RegExp, kind: EntryKind][] = [
  [/snapshot/, 'snapshots'],
  [/protection/, 'lock'],
  [/console/, 'console'],
  [/^(start|stop|reboot)-/, 'power'],
  [/^(scale|resize|enable-tpm|reset-instance$)|block-storage/, 'hardware'],
  [/tach-instance|reverse-dns/, 'network'],
  [/^update-instance$|^reset-instance-field$|password/, 'settings'],
]

export const kindOf = (endpoint: string): EntryKind =>
  kinds.find(([pattern]) => pattern.test(endpoint))?.[1] ?? 'other'

/** The feed's operations are the newest; the server's store has older ones. */
function merged(
  live: readonly FollowedOperation[],
  stored: readonly FollowedOperation[],
): FollowedOperation[] {
  const ids = new Set(live.map(({ id }) => id))
  return [...live, ...stored.filter(({ id }) => !ids.has(id))]
}

const sameMs = 60_000

export function timelineEntries(known: {
  live: readonly FollowedOperation[]
  timeline: Timeline | undefined
  /** The instance's own. */
  snapshots: readonly Snapshot[]
  createdAt: string | undefined
}): TimelineEntry[] {
  const { live, timeline, snapshots, createdAt = '' } = known
  const operations = merged(live, timeline?.operations ?? [])
  const events = timeline?.events ?? []
  const takes = [
    ...operations.map(({ endpoint, startedAt }) => ({ what: endpoint, at: startedAt })),
    ...events.map(({ handler, at }) => ({ what: handler, at })),
  ].filter(({ what }) => what === 'create-snapshot')
  const entries: TimelineEntry[] = [
    ...operations.map((operation) => ({
      key: operation.id,
      at: operation.startedAt,
      kind: kindOf(operation.endpoint),
      by: operation.by,
      what: 'operation' as const,
      operation,
    })),
    ...events.map((event) => ({
      key: `${event.at}-${event.handler}`,
      at: event.at,
      kind: kindOf(event.handler),
      by: event.by,
      what: 'event' as const,
      event,
    })),
  ]
  for (const snapshot of snapshots) {
    const at = Date.parse(snapshot['created-at'] ?? '')
    // An operation or event for it has more details, so the snapshot adds no line.
    const told = takes.some((take) => Math.abs(take.at - at) < sameMs)
    if (!told && !Number.isNaN(at) && snapshot.id)
      entries.push({ key: snapshot.id, at, kind: 'snapshots', what: 'snapshot', snapshot })
  }
  const made = Date.parse(createdAt)
  if (!Number.isNaN(made))
    entries.push({ key: 'made', at: made, kind: 'other', what: 'made' })
  return entries.toSorted((a, b) => b.at - a.at)
}
