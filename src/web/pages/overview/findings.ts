/**
 * The checks of the overview: what needs attention in all zones, and what to do next. A check that couldn't read what it
 * needs says so, and never counts as passed. `at` is when something began; where no one recorded that, `since` is the
 * time from which it is known, so that it has lasted at least so long.
 */
import { reachable, type LoginWay } from '#contract/access/login.ts'
import type { Chain } from '#contract/chain.ts'
import type { ZoneHealth } from '#contract/feed.ts'
import type { Quota, SecurityGroup, Snapshot } from '#contract/types.ts'

import { isDown, zoneToAsk, type Row } from '../../api/inventory.ts'

/** In the order in which their findings are listed. */
export const checkIds = [
  'zone-down',
  'error',
  'overdue',
  'unfinished-change',
  'rescue',
  'open-group',
  'old-snapshot',
  'limit',
] as const
export type CheckId = (typeof checkIds)[number]

export type Finding = { key: string } & (
  | { check: 'zone-down'; health: ZoneHealth }
  | { check: 'error' | 'overdue'; row: Row; at: number | undefined }
  | { check: 'rescue'; row: Row }
  | { check: 'unfinished-change'; row: Row; chain: Chain }
  | {
      check: 'old-snapshot'
      row: Row
      /** Of the newest snapshot; undefined if there is none. */
      at: number | undefined
    }
  | {
      check: 'open-group'
      zone: string
      group: SecurityGroup
      ways: LoginWay[]
      rows: Row[]
    }
  | { check: 'limit'; quota: Quota & { usage: number; limit: number } }
)

export type CheckResult = {
  check: CheckId
  findings: Finding[]
  /** Zones that it could not read; the others are checked. */
  missing: string[]
  /** Still being read. */
  isReading: boolean
}

/** What was read of one zone; undefined while it is read, null if it couldn't be. */
type ReadOf<T> = T | undefined | null

export type FleetData = {
  rows: readonly Row[]
  zones: readonly ZoneHealth[]
  chains: readonly Chain[]
  snapshots: ReadonlyMap<string, ReadOf<Snapshot[]>>
  groups: ReadonlyMap<string, ReadOf<SecurityGroup[]>>
  quotas: ReadOf<Quota[]>
}

const day = 24 * 3_600_000
/** A protected instance should have a snapshot that is newer. */
export const oldSnapshotMs = 30 * day
/** Of a limit. */
export const fullShare = 0.8

const loginWays: LoginWay[] = [
  { kind: 'ssh', name: 'SSH', port: 22 },
  { kind: 'rdp', name: 'RDP', port: 3389 },
]

const timeOf = (text: string | undefined) => {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** Those that have lasted longest first; what began at an unknown time at the end. */
const oldestFirst = <T extends { at: number | undefined; key: string }>(found: T[]): T[] =>
  found.toSorted(
    (a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || (a.key < b.key ? -1 : 1),
  )

/** The newest snapshot of each instance, in epoch ms. */
function newestSnapshots(snapshots: readonly Snapshot[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const { instance, state, 'created-at': created } of snapshots) {
    const at = timeOf(created)
    if (!instance?.id || at === undefined || state === 'error' || state === 'deleting')
      continue
    newest.set(instance.id, Math.max(at, newest.get(instance.id) ?? 0))
  }
  return newest
}

const statesOf = <C extends 'error' | 'overdue' | 'rescue'>(
  rows: readonly Row[],
  check: C,
) => {
  const is = {
    error: (row: Row) => row.state === 'error',
    overdue: (row: Row) => row.overdue === true,
    rescue: (row: Row) => row.mark?.rescue === true,
  }[check]
  return oldestFirst(
    rows
      .filter(is)
      .map((row) => ({ key: `${check} ${row.key}`, check, row, at: row.mark?.since })),
  )
}

/** Changes of several steps that ended before their last one, so that an instance may be off. */
function unfinished(rows: readonly Row[], chains: readonly Chain[]): Finding[] {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const last = new Map<string, Chain>()
  for (const chain of chains) {
    const key = `${chain.zone}/${chain.instanceId}`
    if ((last.get(key)?.startedAt ?? 0) < chain.startedAt) last.set(key, chain)
  }
  return [...last].flatMap(([key, chain]): Finding[] => {
    const row = byKey.get(key)
    const isOpen = chain.state === 'failure' || chain.state === 'partial'
    if (!row || !isOpen) return []
    return [
      { key: `unfinished-change ${chain.id}`, check: 'unfinished-change', row, chain },
    ]
  })
}

function oldSnapshots({ rows, snapshots }: FleetData, now: number): Finding[] {
  const found = [...snapshots].flatMap(([zone, list]) => {
    if (!list) return []
    const newest = newestSnapshots(list)
    return rows
      .filter((row) => row.zone === zone && row.mark?.protected)
      .map((row) => ({
        key: `old-snapshot ${row.key}`,
        check: 'old-snapshot' as const,
        row,
        at: newest.get(row.id),
      }))
      .filter(({ at }) => at === undefined || now - at > oldSnapshotMs)
  })
  // None at all is worse than an old one.
  return found.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.key < b.key ? -1 : 1))
}

function openGroups({ rows, groups }: FleetData): Finding[] {
  return [...groups].flatMap(([zone, list]) =>
    (list ?? []).flatMap((group): Finding[] => {
      const ways = loginWays.filter(
        ({ port }) => reachable([group], port, [4, 6], list ?? []) === 'world',
      )
      if (ways.length === 0) return []
      const inside = rows.filter(
        (row) =>
          row.zone === zone && row['security-groups']?.some(({ id }) => id === group.id),
      )
      // A group that no instance is in opens nothing.
      if (inside.length === 0) return []
      const key = `open-group ${zone}/${group.id} ${ways.map(({ kind }) => kind).join()}`
      return [{ key, check: 'open-group', zone, group, ways, rows: inside }]
    }),
  )
}

/** A maximum size isn't used up. */
export const isUsedUp = ({ resource }: Quota): boolean => !resource.endsWith('-max-size')

function fullLimits(quotas: readonly Quota[]): Finding[] {
  return quotas
    .filter(isUsedUp)
    .flatMap(({ resource, usage = 0, limit = -1 }) => {
      const share = limit > 0 ? usage / limit : 0
      return share <= fullShare ? [] : [{ share, quota: { resource, usage, limit } }]
    })
    .toSorted((a, b) => b.share - a.share)
    .map(({ quota }) => ({
      key: `limit ${quota.resource}`,
      check: 'limit' as const,
      quota,
    }))
}

/** The zone that was asked for the limits, if some are unknown, or how much of one is used. */
function limitsMissing({ quotas, zones }: FleetData): string[] {
  const isUnknown = ({ usage, limit }: Quota) =>
    limit === undefined || (limit > 0 && usage === undefined)
  const isGap = quotas === null || quotas?.filter(isUsedUp).some(isUnknown)
  const asked = zoneToAsk(zones)
  return isGap && asked !== undefined ? [asked] : []
}

/** The zones whose data couldn't be read, and whether some is still being read. */
function gaps(reads: ReadonlyMap<string, ReadOf<unknown>>) {
  const entries = [...reads]
  return {
    missing: entries.filter(([, read]) => read === null).map(([zone]) => zone),
    isReading: entries.some(([, read]) => read === undefined),
  }
}

/** Runs all checks; each has its result, also if it found nothing. */
export function checkFleet(data: FleetData, now: number): CheckResult[] {
  const { rows, zones, chains, snapshots, groups, quotas } = data
  // The states of a zone that has never responded aren't known.
  const unseen = zones.filter(({ at }) => at === undefined)
  const states = {
    missing: unseen.filter(({ status }) => status !== 'loading').map(({ zone }) => zone),
    isReading: unseen.some(({ status }) => status === 'loading'),
  }
  const down = zones.filter(isDown)
  const results: Record<CheckId, Omit<CheckResult, 'check'>> = {
    'zone-down': {
      findings: down.map((health) => ({
        key: `zone-down ${health.zone}`,
        check: 'zone-down',
        health,
      })),
      missing: [],
      isReading: states.isReading,
    },
    error: { findings: statesOf(rows, 'error'), ...states },
    overdue: { findings: statesOf(rows, 'overdue'), ...states },
    'unfinished-change': { findings: unfinished(rows, chains), ...states },
    rescue: { findings: statesOf(rows, 'rescue'), ...states },
    'open-group': { findings: openGroups(data), ...gaps(groups) },
    'old-snapshot': { findings: oldSnapshots(data, now), ...gaps(snapshots) },
    limit: {
      findings: fullLimits(quotas ?? []),
      missing: limitsMissing(data),
      isReading: quotas === undefined,
    },
  }
  return checkIds.map((check) => ({ check, ...results[check] }))
}
