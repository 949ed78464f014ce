/**
 * Describes the people who use Vedette, how they sign in, and their sessions.
 *
 * - `GET /api/sign-in` → `SignInWays`, for everyone who reaches the server
 * - `POST /api/sign-in` with a `SignIn` → the `Session` (session.ts) and a cookie
 * - `POST /api/set-up-link` with the `token` of a `SetUp` → `SetUpLink`, or a 410 for one that doesn't work any more
 * - `POST /api/set-up` with a `SetUp` → the same as a sign-in; an invitation works once
 * - `POST /api/sign-out` with a `SignOut` → nothing, or with `atProvider` a `SignedOut`
 * - `GET /api/sessions` → one's own `OwnSession[]`, `DELETE /api/sessions/:id` ends one
 * - `PUT /api/password` with a `PasswordChange`, which ends all other sessions
 * - `POST /api/here`: someone uses the page, so that the session goes on; at most once a minute
 * - `PUT /api/demo-role` with a `DemoRole`: only in the sandbox
 * - `GET /auth/start?to=/path` leads to the identity provider, which leads back to `GET /auth/callback`: browsers
 *   navigate to these, so they answer with pages and not with problems (sign-on.ts)
 * - for admins: `GET /api/people` → `PersonRow[]`, `POST /api/people` with a `NewPerson` → `Invited`,
 *   `PUT /api/people/:id` with a `PersonChange` → `PersonRow`, with an `If-Match` (seen.ts) only of the row that was
 *   shown, `DELETE /api/people/:id`,
 *   `POST /api/people/:id/invitation` → `Invited`, for a new password
 */
import type { Role } from '../endpoints.ts'
import type { Area } from './area.ts'

/**
 * Who does something. `id` stays the same when the name changes. `provider` is the name of the identity
 * provider by which the person signs in; people with a password have none. `area` is what the person is narrowed to;
 * without one, and for admins, it is everything.
 */
export type Person = {
  id: string
  name: string
  role: Role
  provider?: string
  area?: Area
}

/**
 * How people sign in. `off`: no one does, and everyone who reaches the server is an admin. `demo`: the
 * sandbox signs in a demo person. `local`: with a name and a password that Vedette stores, and by an
 * identity provider if there is one.
 */
export type SignInMode = 'off' | 'demo' | 'local'

/** The identity provider by which people may sign in. */
export type ProviderWay = {
  /** What the button says. */
  name: string
  /** The claim that contains the groups, for the sentence that none of them has a role. */
  claim: string
}

/**
 * `setUp` is true while no one has an account with a password yet; the set-up link is in the server's
 * output.
 */
export type SignInWays = { mode: SignInMode; setUp: boolean; provider?: ProviderWay }

export type SignIn = { name: string; password: string }

/** What a person who follows an invitation chooses; `token` is from the link's fragment. */
export type SetUp = { token: string; name?: string; password: string }

/** `first` is true for the link of the first account, whose person also chooses a name. */
export type SetUpLink = { first: boolean }

/** `atProvider` also asks for the page on which the identity provider ends its own session. */
export type SignOut = { everywhere?: boolean; atProvider?: boolean }

/** Where the browser goes now. */
export type SignedOut = { next: string }

export type PasswordChange = { current: string; next: string }

export type DemoRole = { role: Role }

export type OwnSession = {
  id: string
  /** The one that asks. */
  current: boolean
  /** Epoch ms. */
  startedAt: number
  seenAt: number
  /** The IP address that it was last used from. */
  from: string
  /** The browser's user agent. */
  browser: string
}

export type PersonRow = Person & {
  disabled: boolean
  /** False until an invitation was used: there is no password yet. */
  joined: boolean
  /** Epoch ms. */
  createdAt: number
  /** When one of their sessions was last used. */
  seenAt?: number
}

export type NewPerson = { name: string; role: Role; area?: Area | null }

/** `area`: null takes the narrowing away. */
export type PersonChange = {
  name?: string
  role?: Role
  disabled?: boolean
  area?: Area | null
}

/** `path` is the link to send to the person, on this server; it works once, until `endsAt` (epoch ms). */
export type Invited = { person: PersonRow; path: string; endsAt: number }

/** The page of an invitation; its token is in the fragment, which no server and no log sees. */
export const setUpPath = (token: string): string => `/set-up#${token}`

/** How long a session lasts without use, and at most, in ms. */
export const SESSION_IDLE_MS = 30 * 60_000
export const SESSION_MOST_MS = 8 * 3_600_000

/** How long the first set-up link works, and one that an admin makes, in ms. */
export const FIRST_SET_UP_MS = 15 * 60_000
export const INVITATION_MS = 24 * 3_600_000

/** How many characters a password has (NIST SP 800-63B-4: at least 15 where nothing else is asked). */
export const PASSWORD_LEAST = 15
export const PASSWORD_MOST = 256
/** How many characters a name has at most. */
export const NAME_MOST = 80
