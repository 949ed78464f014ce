/** Starts a console of zones that are more than answers of a test, such as those of the sandbox. */
import type { Session } from '#contract/people/session.ts'
import type { SandboxControls } from '#contract/sandbox/scenario.ts'

import { createApp } from '../app.ts'
import { openStore, type Store } from '../store/store.ts'

type Zones = {
  endpoint: string
  key: string
  secret: string
  controls?: SandboxControls
}

/** A console of these zones on a database in memory. */
export async function startConsoleOf(
  { endpoint, key, secret, controls }: Zones,
  session: Session,
): Promise<{ origin: string; store: Store; close(): Promise<void> }> {
  const store = await openStore(':memory:')
  const app = await createApp({
    endpoint,
    credentials: { key, secret },
    session,
    consoleHosts: ['127.0.0.1:*'],
    store,
    webRoot: import.meta.dirname,
    trustAnyHost: false,
    logLevel: 'silent',
    ...(controls ? { sandbox: controls } : {}),
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return { origin, store, close: () => app.close() }
}
