/**
 * Lets each request key through once (contract/once.ts). The key is stored before anything is sent,
 * so that a double click, another tab and a page that was loaded again send nothing twice, also
 * after a restart of the server.
 */
import type { FastifyRequest } from 'fastify'

import { isId } from '#contract/endpoints.ts'
import { KEY_HEADER, KEY_KEPT_MS } from '#contract/once.ts'

import type { Deps } from '../deps.ts'
import { StoreOutage } from '../store/outage.ts'
import type { Store } from '../store/store.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'

type OnceDeps = Pick<Deps, 'store' | 'later'>

/** The key of a request, or undefined where it has none; throws for one that is no UUID. */
export function keyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = headers[KEY_HEADER]
  if (key === undefined) return undefined
  if (typeof key === 'string' && isId(key)) return key
  throw refuse('invalid', 400, { code: 'bad-key' })
}

type Claim = { person: string; key: string; at: number }

async function claim(store: Store, { person, key, at: now }: Claim): Promise<void> {
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
  { store, later }: OnceDeps,
  request: Pick<FastifyRequest, 'headers' | 'person'>,
  work: (key: string | undefined) => T | Promise<T>,
): Promise<T> {
  const key = keyOf(request)
  if (key === undefined) return work(undefined)
  const claimed = { person: request.person.id, key, at: Date.now() }
  const free = (error: unknown) =>
    settle({ store, later }, claimed, error instanceof StoreOutage ? 'not-sent' : 'refused')
  try {
    await claim(store, claimed)
  } catch (error) {
    // A database that didn't answer may have taken it, and nothing was sent.
    if (error instanceof StoreOutage) await free(error)
    throw error
  }
  try {
    const result = await work(key)
    await settle({ store, later }, claimed, 'accepted')
    return result
  } catch (error) {
    const isRefusal = error instanceof ProblemError && !error.problem.unknownOutcome
    // What couldn't be stored wasn't sent.
    if (isRefusal || error instanceof StoreOutage) await free(error)
    throw error
  }
}

/** Stores how a request ended: now, or as soon as the store is back. Never throws. */
async function settle(
  { store, later }: Pick<OnceDeps, 'store' | 'later'>,
  { person, key, at }: Claim,
  outcome: 'accepted' | 'refused' | 'not-sent',
): Promise<void> {
  // Of this request only: another of the key may be sent before the store is back.
  const write = async () => {
    if (outcome === 'accepted')
      await store
        .updateTable('request_key')
        .set({ outcome })
        .where('person', '=', person)
        .where('key', '=', key)
        .where('at', '=', at)
        .execute()
    else
      await store
        .deleteFrom('request_key')
        .where('person', '=', person)
        .where('key', '=', key)
        .where('at', '=', at)
        .execute()
  }
  const whenBack = () => later.do(`key ${person} ${key} ${at}`, write)
  // The store has just failed, and another attempt would take as long.
  if (outcome === 'not-sent') return whenBack()
  // What the zone answered counts; until then the key stays taken, which sends nothing twice.
  await write().catch(whenBack)
}
