/** Declares what the routes need; `createApp` makes each of these once. */
import type { Session } from '#contract/people/session.ts'

import type { SecondPerson } from './approvals/second-person.ts'
import type { Audit } from './audit/audit.ts'
import type { ScreenEntries } from './audit/screens.ts'
import type { Chains } from './chains/chains.ts'
import type { Marks } from './history/marks.ts'
import type { UsualTimes } from './history/usual.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { AppOptions } from './options.ts'
import type { FirstPage } from './page/first-page.ts'
import type { Gate } from './people/gate.ts'
import type { Invitations } from './people/invitations.ts'
import type { People } from './people/people.ts'
import type { Policies } from './people/policy.ts'
import type { Provider } from './people/provider.ts'
import type { Sessions } from './people/sessions.ts'
import type { Relay } from './relay/relay.ts'
import type { SharedFeed } from './replicas/shared-feed.ts'
import type { Shown } from './shown.ts'
import type { Later } from './store/later.ts'
import type { Store } from './store/store.ts'
import type { Viewers } from './viewers.ts'
import type { Watcher } from './watch/watcher.ts'
import type { Reads } from './zone/reads.ts'
import type { ZoneClient } from './zone/zone.ts'

/** What most routes need: the zones and their state, the session, and the store. */
export type Deps = {
  /** By name. */
  zones: Map<string, ZoneClient>
  watcher: Watcher
  reads: Reads
  shown: Shown
  marks: Marks
  /** The server's settings; who is signed in is the request's `person`. */
  session: Omit<Session, 'person' | 'screens'>
  store: Store
  audit: Audit
  /** Refuses what needs one and has none. */
  secondPerson: SecondPerson
  /** What roles may do. */
  policies: Policies
  /** For what nobody waits for. */
  later: Later
  /** Tells other servers on the same store. */
  sharing?: SharedFeed | undefined
}

/** What the route for console addresses also needs. */
export type ConsoleDeps = Deps & {
  options: Pick<AppOptions, 'consoleHosts' | 'ownConsoleOrigin' | 'publicUrl' | 'webRoot'>
  /** By which consoles go, all of them or those of people with limits. */
  relay: Relay
  sessions: Sessions
  /** Who looks at which screen. */
  viewers: Viewers
  screens: ScreenEntries
  /** Says who sends a request. */
  gate: Gate
}

/** What the routes for people and their sessions need. */
export type PeopleDeps = Pick<
  Deps,
  'session' | 'audit' | 'store' | 'zones' | 'policies'
> & {
  /** Says who sends a request. */
  gate: Gate
  people: People
  sessions: Sessions
  invitations: Invitations
  /** The identity provider by which people may sign in as well. */
  provider: Provider | undefined
  /** A person's jobs end with the role that they need. */
  jobs: Pick<Jobs, 'stopOf' | 'narrow'>
  /** What was sent until now may not be theirs any more. */
  watcher: Watcher
}

/** What all routes need together. */
export type RouteDeps = ConsoleDeps &
  PeopleDeps & {
    firstPage: FirstPage | undefined
    chains: Chains
    jobs: Jobs
    usual: UsualTimes
  }
