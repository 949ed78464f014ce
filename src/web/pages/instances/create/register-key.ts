import { RequestError } from '../../../api/client.ts'
import { registerSshKey } from '../../../api/mutations.ts'
import type { RequestKey } from '../../../api/once.ts'
import { hasFailed } from '../../../components/operation-outcome.ts'
import { watchOperations } from './operation-end.ts'

/** Without news from the feed, the zone's first response counts. */
const newsLimitMs = 15_000

/**
 * Registers a key and waits until the zone has it, because a create that names it would fail
 * before. Throws a RequestError with the zone's words, also for a failure that came later.
 */
export async function registerKey(
  zone: string,
  key: RequestKey,
  name: string,
  publicKey: string,
): Promise<void> {
  const operations = watchOperations()
  try {
    const { id, state } = await registerSshKey(zone, key, name, publicKey)
    if (state !== 'pending') return
    const end = await operations.end(id, newsLimitMs)
    if (!end || !hasFailed(end)) return
    const message = end.message ?? end.reason ?? end.state
    throw new RequestError({ code: 'zone-refused', status: 0, message, zone })
  } finally {
    operations.stop()
  }
}
