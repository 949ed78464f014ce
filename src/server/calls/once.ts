/**
 * Lets each request key through once (contract/once.ts). The key is stored before anything is sent,
 * so that a double click, another tab and a page that was loaded again send nothing twice, also
 * after a restart of the server.
 */
import type { FastifyRequest } from 'fastify'

import { isId } from '#contract/endpoints.ts'
import { KEY_HEADER, KEY_KEPT_MS } from '#contract/once.ts'

import type { Deps } from '../deps.ts'
import type { Store } from '../store/store.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'

type OnceDeps = Pick<Deps, 'store' | 'session'>

/** The key of a request, or undefined where it has none; throws for one that is no UUID. */
export function keyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = headers[KEY_HEADER]
  if (key === undefined) return undefined
  if (typeof key === 'string' && isId(key)) return key
  throw refuse('invalid', 400, { code: 'bad-key' })
}

async function claim(store: Store, person: string, key: string): Promise<void> {
  const now = Date.now()
  await store
    .deleteFrom('request_key')
    .where('at', '<', now - KEY_KEPT_MS)
    .execute()
  const { numInsertedOrUpdatedRows: inserted } = await store
    .insertInto('request_key')
    .values({ person, key, at: now, outcome: 'unknown' })
    .onConflict((conflict) => conflict.columns(['person', 'key']).doNothing())
    .executeTakeFirst()
  if (inserted === 1n) return
  const first = await store
    .selectFrom('request_key')
    .select(['at', 'outcome'])
    .where('person', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
  const code = first?.outcome === 'accepted' ? 'already-sent' : 'already-sent-unknown'
  throw refuse('already-sent', 409, { code, at: Number(first?.at ?? now) })
}

/**
 * Does what a request asks for, unless a request of the same key and person was let through within
 * a day: that throws a 409. A refusal, which says that nothing was done, frees the key; where the
 * outcome is unknown it stays taken.
 */
export async function once<T>(
  { store, session }: OnceDeps,
  request: Pick<FastifyRequest, 'headers'>,
  work: (key: string | undefined) => T | Promise<T>,
): Promise<T> {
  const key = keyOf(request)
  if (key === undefined) return work(undefined)
  const person = session.person.name
  await claim(store, person, key)
  const row = { person, key }
  try {
    const result = await work(key)
    await settle(store, row, 'accepted')
    return result
  } catch (error) {
    if (error instanceof ProblemError && !error.problem.unknownOutcome)
      await settle(store, row, 'refused')
    throw error
  }
}

async function settle(
  store: Store,
  { person, key }: { person: string; key: string },
  outcome: 'accepted' | 'refused',
): Promise<void> {
  try {
    if (outcome === 'accepted')
      await store
        .updateTable('request_key')
        .set({ outcome })
        .where('person', '=', person)
        .where('key', '=', key)
        .execute()
    else
      await store
        .deleteFrom('request_key')
        .where('person', '=', person)
        .where('key', '=', key)
        .execute()
  } catch {
    // What the zone answered counts; the key stays taken, which sends nothing twice.
  }
}
