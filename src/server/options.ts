/** Declares the options of the server, which `main.ts` sets. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import type { Session } from '#contract/people/session.ts'
import type { SandboxControls } from '#contract/sandbox/scenario.ts'

import type { Credentials } from './env.ts'
import type { LineSink } from './logs.ts'
import type { Metrics } from './metrics.ts'
import type { RenderFirstPage } from './page/first-page.ts'
import type { OidcSettings } from './people/oidc-settings.ts'
import type { Store } from './store/store.ts'
import type { Telemetry } from './telemetry/telemetry.ts'

export type AppOptions = {
  /** The base URL, with its `/v2`, of the list of zones. */
  endpoint: string
  credentials: Credentials
  /** If set, only these zones. */
  zones?: string[]
  /** The identity provider by which people may sign in; needs `publicUrl`. */
  oidc?: OidcSettings
  /** The server's settings, and the person who does everything where no one signs in. */
  session: Omit<Session, 'screens'>
  consoleHosts: string[]
  /** The websocket origin of this process: consoles there are returned as a path. */
  ownConsoleOrigin?: () => string
  /** Handles other upgrade requests, for the embedded sandbox; returns false if it doesn't. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Of the embedded sandbox. */
  sandbox?: SandboxControls
  /** Closed together with the server. */
  store: Store
  /** The `postgres://` address of a store that other servers may use at the same time. */
  sharedAt?: string
  webRoot: string
  /** Renders the list into the page; without it, the page is sent empty. */
  renderFirstPage?: RenderFirstPage
  publicUrl?: URL
  /** True in the sandbox, which may be opened under any host name. */
  trustAnyHost: boolean
  /** True with a real key, unless UNSAFE_NO_SIGN_IN is on: a proxy may not ask for other hosts. */
  onlyThisHost?: boolean
  logLevel: string
  /** Addresses and networks of proxies that say who asks (X-Forwarded-For). */
  trustedProxies?: string[]
  /** How many days rows of the audit log are kept. */
  auditDays?: number
  /** Counts what it does, if someone reads it. */
  metrics?: Metrics
  /** Sends traces, if an address for them is set. Closed together with the server. */
  telemetry?: Telemetry
  /** Where log lines go; standard output unless a test reads them. */
  logTo?: LineSink
}
