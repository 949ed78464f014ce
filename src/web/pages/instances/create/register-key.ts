import type { FollowedOperation } from '#contract/feed.ts'

import { RequestError } from '../../../api/client.ts'
import { onOperationEnd } from '../../../api/feed.ts'
import { registerSshKey } from '../../../api/mutations.ts'

/** Without news from the feed the zone's first answer has to do. */
const newsLimitMs = 15_000

/**
 * Registers a key and waits until the zone has it, because a create that names it would fail
 * before. Throws a RequestError with the zone's words, also for a failure that came later.
 */
export async function registerKey(
  zone: string,
  name: string,
  publicKey: string,
): Promise<string> {
  const ended = new Map<string, FollowedOperation>()
  let wake = () => {}
  // Listening begins before asking: the end may come before the answer is read.
  const stop = onOperationEnd((operation) => {
    ended.set(operation.id, operation)
    wake()
  })
  try {
    const { id, state } = await registerSshKey(zone, name, publicKey)
    if (state !== 'pending') return name
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, newsLimitMs)
      wake = () => {
        if (!ended.has(id)) return
        clearTimeout(timer)
        resolve()
      }
      wake()
    })
    const end = ended.get(id)
    if (end?.state === 'failure') {
      const message = end.message ?? end.reason ?? end.state
      throw new RequestError({ code: 'zone-refused', status: 0, message, zone })
    }
    return name
  } finally {
    stop()
  }
}
