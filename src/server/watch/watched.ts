/** What the watcher keeps of each zone, and how long it leaves a zone alone that doesn't respond. */
import type { ZoneHealth } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import type { Scrub } from '../scrub.ts'
import type { Probe } from '../zone/probe.ts'
import type { ZoneClient } from '../zone/zone.ts'
import type { ListedInstances, MarkOf } from './listed.ts'

/** The pause between two polls while something is in progress. */
export const fastMs = 1_500
/** The same while nothing is in progress. */
const slowMs = 10_000
const longestDownMs = 60_000
const firstAnswersMs = 2_500

export type Watched = {
  client: ZoneClient
  health: ZoneHealth
  instances: ListedInstances
  timer?: NodeJS.Timeout
  polling: boolean
  /** A poll was requested during another, which may have missed the change. */
  again: boolean
  /** By `performance.now()`. */
  lookedAt: number
  /** To be looked at soon, whatever is in progress. */
  due: boolean
  failures: number
  /** When the newest answer that is shown was asked for, by `performance.now()`; -Infinity before the first. */
  asOf: number
  probe: Probe
  /** Resolves with the first answer or failure. */
  first: Promise<void>
  isKnown: () => void
}

export type WatcherHooks = {
  /** Is called with every operation when it changes. */
  remember: (operation: FollowedOperation) => void
  /** The same of one that another server follows. */
  heard: (operation: FollowedOperation) => void
  /** What Vedette knows of a listed instance. */
  markOf: MarkOf
  /** Removes what a zone may have repeated of a request. */
  scrub: Scrub
  /** Is called when a zone's list has been read. */
  looked: (zone: ZoneClient) => void
}

/** The pause after this number of failures in a row: 10 s to a minute. */
export function downPauseMs(failures: number): number {
  return Math.min(longestDownMs, slowMs * 2 ** Math.max(0, failures - 1))
}

/** The pause before the next poll; `isPending` says whether an operation of the zone goes on. */
export function pauseOf({ failures, instances }: Watched, isPending: boolean): number {
  if (failures > 0) return downPauseMs(failures)
  return isPending || instances.isChanging() ? fastMs : slowMs
}

/** What resolves with a zone's first answer or failure, and the function that says so. */
export function firstAnswer(): Pick<Watched, 'first' | 'isKnown'> {
  let isKnown = () => {}
  const first = new Promise<void>((resolve) => (isKnown = resolve))
  return { first, isKnown: () => isKnown() }
}

/** Waits for the first answer or failure of each zone, but not for long. */
export const firstAnswers = (zones: Iterable<Watched>): Promise<void> =>
  notForLong(Promise.all(Array.from(zones, ({ first }) => first)))

/** Waits for what zones answer, but at most 2.5 s. */
export async function notForLong(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, firstAnswersMs)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
