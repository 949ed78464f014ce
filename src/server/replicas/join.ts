/** Makes what a server needs to share its PostgreSQL with others. */
import type { FastifyBaseLogger } from 'fastify'

import { Leases } from '../store/leases.ts'
import type { Store } from '../store/store.ts'
import { SharedReplica } from './replica.ts'
import { SharedFeed, type SharedFeedDeps } from './shared-feed.ts'
import { Wire } from './wire.ts'

/** Joins the servers that use the store, which is the PostgreSQL at `url`. Throws as the store. */
export async function joinOthers(
  store: Store,
  url: string,
  log: Pick<FastifyBaseLogger, 'warn'>,
) {
  const leases = new Leases({ store, log })
  const replica = new SharedReplica(store, leases, log)
  await replica.start()
  return {
    replica,
    feed: (hears: Pick<SharedFeedDeps, 'sessionsEnded' | 'noted'>) =>
      new SharedFeed({
        wire: new Wire({ store, url, owner: leases.owner, log }),
        leases,
        log,
        ...hears,
      }),
  }
}
