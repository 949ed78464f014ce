/** Writes a job as it is now, again and again: without the store, nothing goes on and nothing is sent. */
import type { FastifyBaseLogger } from 'fastify'

import type { JobItem } from '#contract/job.ts'

import { LeaseLost } from '../store/leases.ts'
import { storePauseMs } from '../store/until-stored.ts'
import { refuse, type ProblemError } from '../zone/refusals.ts'
import type { Time } from './job-items.ts'
import type { JobRows } from './job-rows.ts'
import type { Run } from './job-run.ts'

/** How long a request to stop, or to narrow, waits for the store. */
export const storePatienceMs = 5_000

/** Of what holds at once, but isn't stored, so that a restart would not know it yet. */
export const unconfirmed = (): ProblemError =>
  refuse('internal', 503, { code: 'store-unavailable' }, { unknownOutcome: true })

/** Waits for a write that is repeated until it succeeds; throws a 503 if that takes too long. */
export async function storedSoon(
  writing: Promise<unknown>,
  { time, closing }: Pick<Ways, 'time' | 'closing'>,
): Promise<void> {
  const isStored = await Promise.race([
    writing.then(() => true),
    time.pause(storePatienceMs, closing).then(() => false),
  ])
  if (!isStored) throw unconfirmed()
}

type Ways = { log: Pick<FastifyBaseLogger, 'warn'>; time: Time; closing: AbortSignal }

/** Resolves when it is written. Throws when the server closes, or another has taken the job over. */
export async function storeOf(
  run: Run,
  write: () => Promise<unknown>,
  { log, time, closing }: Ways,
): Promise<void> {
  run.writes += 1
  for (;;) {
    try {
      // The job may be this server's again: then its rows are those of another run.
      if (run.isLost) throw new LeaseLost(run.job.id)
      await write()
      run.writes -= 1
      return
    } catch (error) {
      if (closing.aborted || error instanceof LeaseLost) throw error
      log.warn({ err: error }, 'could not store a job')
      await time.pause(storePauseMs, closing)
    }
  }
}

/** Writes an item. What it became while it was written is written after that. */
export async function storeItem(
  rows: Pick<JobRows, 'saveItem'>,
  run: Run,
  item: JobItem,
): Promise<void> {
  const position = run.positionOf(item)
  let written: JobItem['state']
  do {
    written = item.state
    await rows.saveItem(run.job.id, position, item)
    // It may have been stopped, and what was stored of that be overwritten by now.
  } while (item.state !== written)
}
