/**
 * Repeats work with the store until it is done: what was begun in a zone goes on by itself as soon as
 * the store is back, and nothing is sent meanwhile that isn't stored.
 */
import { setTimeout as wait } from 'node:timers/promises'

import type { FastifyBaseLogger } from 'fastify'

import { LeaseLost } from './leases.ts'

/** The pause between two attempts; a frozen database adds what an attempt may take. */
export const storePauseMs = 1_000

type Patience = {
  /** Ends the attempts; then the last error is thrown. */
  closing: AbortSignal
  log: Pick<FastifyBaseLogger, 'warn'>
  /** For the log. */
  what: string
}

/** Resolves with the result of the first attempt that succeeds. */
export async function untilStored<T>(
  work: () => Promise<T>,
  { closing, log, what }: Patience,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      // What another server has taken over isn't this one's to store any more.
      if (closing.aborted || error instanceof LeaseLost) throw error
      // Once, and then about every minute.
      if (attempt % 60 === 1) log.warn({ err: error, attempt }, `could not store ${what}`)
      // It ends with the pause if the server closes; the next attempt is the last.
      await wait(storePauseMs, undefined, { signal: closing }).catch(() => {})
    }
  }
}
