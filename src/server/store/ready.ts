/** Tells whether the store can be written, for `/readyz` and `/healthz`. */
import { inTime } from './in-time.ts'
import type { Store } from './store.ts'

const patienceMs = 3_000
/** How long a success counts, so that those who ask often only read. */
const freshMs = 1_000
/** As long as a chain: a full disk may still have room for a byte. */
const filler = 'x'.repeat(16 * 1024)

/** `at` is when it succeeded by `performance.now()`, 0 where it failed, and undefined while it is under way. */
type Look = { answered: Promise<boolean>; at: number | undefined }
const looks = new WeakMap<Store, Look>()

async function write(store: Store): Promise<boolean> {
  const kept = { body: JSON.stringify(filler), at: Date.now() }
  try {
    // Nobody has this name, so that no page reads it.
    await store
      .insertInto('kept')
      .values({ person: '', name: 'ready', ...kept })
      .onConflict((conflict) => conflict.columns(['person', 'name']).doUpdateSet(kept))
      .execute()
    return true
  } catch {
    return false
  }
}

async function read(store: Store): Promise<boolean> {
  try {
    await store.selectFrom('kept').select('at').where('person', '=', '').execute()
    return true
  } catch {
    return false
  }
}

/** The answer, or false where it takes too long. */
const soon = (answer: Promise<boolean>) => inTime(answer, patienceMs).catch(() => false)

/** Whether the store takes a write within three seconds. All who ask at the same time share one. */
export function storeReady(store: Store): Promise<boolean> {
  const last = looks.get(store)
  if (last && last.at === undefined) return last.answered
  if (last?.at && performance.now() - last.at < freshMs) return soon(read(store))
  const writing = soon(write(store))
  const look: Look = { answered: writing, at: undefined }
  looks.set(store, look)
  const settle = async () => {
    // What failed is looked at again by the next who asks.
    look.at = (await writing) ? performance.now() : 0
  }
  void settle()
  return writing
}
