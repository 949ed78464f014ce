/** Declares what the watcher keeps of a zone, and what is called when it changes. */
import type { ZoneHealth } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import type { Scrub } from '../scrub.ts'
import type { Probe } from '../zone/probe.ts'
import type { ZoneClient } from '../zone/zone.ts'
import type { ListedInstances, MarkOf } from './listed.ts'

export type Watched = {
  client: ZoneClient
  health: ZoneHealth
  instances: ListedInstances
  timer?: NodeJS.Timeout
  polling: boolean
  /** A poll was requested during another, which may have missed the change. */
  again: boolean
  lookedAt: number
  /** To be looked at soon, whatever is in progress. */
  due: boolean
  failures: number
  /** When the newest answer that is shown was asked for, as epoch ms. */
  asOf: number
  probe: Probe
  /** The first poll, successful or not. */
  first: Promise<void>
}

export type WatcherHooks = {
  /** Is called with every operation when it changes. */
  remember: (operation: FollowedOperation) => void
  /** What Vedette knows of a listed instance. */
  markOf: MarkOf
  /** Removes what a zone may have repeated of a request. */
  scrub: Scrub
  /** Is called when a zone's list has been read. */
  looked: (zone: ZoneClient) => void
}

/** Waits for work, but not longer than this. */
export async function withinMs(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
