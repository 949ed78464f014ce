/**
 * Describes what the server returns when something was rejected or failed. Exoscale's four
 * shapes of error bodies (docs/platform.md#error-bodies) become this one, with Exoscale's
 * own words in `message`.
 */
import type { Role } from './endpoints.ts'
import type { ScreenRight } from './people/policy.ts'
import type { SignOnProblem } from './people/sign-on.ts'
import type { PlanRefusal } from './plan.ts'

export type ProblemCode =
  /** Vedette rejected it: unknown operation, malformed ID, body against the contract. */
  | 'not-found'
  | 'invalid'
  | 'too-large'
  | 'not-allowed'
  /** Nobody is signed in, or not any more. */
  | 'signed-out'
  | 'cross-site'
  /** Someone else changed what would have been overwritten (seen.ts). */
  | 'changed'
  /** A request of the same key was sent before (once.ts). */
  | 'already-sent'
  /** Somebody uses what would have been taken from them. */
  | 'in-use'
  /** The zone rejected it. */
  | 'zone-refused'
  | 'bad-credentials'
  | 'clock-skew'
  | 'denied'
  | 'zone-busy'
  /** The zone failed, didn't respond, or sent something unreadable. */
  | 'zone-failed'
  | 'zone-unreachable'
  | 'zone-timeout'
  | 'zone-garbage'
  | 'internal'

/** What Vedette says of bulk actions and their instances. */
export type JobCause =
  | 'no-such-job'
  | 'bad-job'
  | 'job-in-progress'
  | 'nothing-to-retry'
  | 'nothing-to-undo'
  | 'instance-gone'
  | 'instance-not-readable'
  | 'already-so'
  | 'name-changed'
  | 'labels-changed'
  | 'job-stopped'
  | 'job-too-old'
  | 'stop-not-confirmed'
  | 'zone-kept-busy'
  | 'may-be-done'

/** What it says of a zone that didn't respond, or not as it should. */
export type ZoneCause =
  | 'zone-unreachable'
  | 'zone-timeout'
  | 'zone-not-loaded'
  | 'zone-data-not-loaded'
  | 'answer-lost'
  | 'not-sent-in-time'
  | 'zone-queue-full'
  | 'answer-too-large'
  | 'unreadable-answer'
  | 'no-event-list'
  | 'unexpected-status'
  | 'no-message'

/** What it says of people and their sign-in. */
export type PeopleCause =
  | 'signed-out'
  | 'session-ended'
  | 'sign-in-failed'
  | 'too-many-attempts'
  | 'no-such-invitation'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-guessable'
  | 'wrong-password'
  | 'bad-person-name'
  | 'name-taken'
  | 'no-such-person'
  | 'last-admin'
  | 'no-people'
  | 'from-provider'
  | 'last-local-admin'
  | 'bad-area'
  | 'zone-not-yours'
  | 'not-narrowed-only'
  | 'labels-narrow'
  | 'bad-policy'
  | 'needs-right'

/** What it says of changes that need a second person. */
export type ApprovalCause =
  | 'needs-second-person'
  | 'no-approval-needed'
  | 'no-second-person'
  | 'own-approval'
  | 'no-such-approval'
  | 'approval-over'
  | 'too-many-approvals'
  | 'bad-approval'
  | 'asker-may-not'
  | 'approval-lost'
  | 'one-person-only'

/** Why the identity provider's word let no one in, where no other cause has the same name. */
export type SignOnCause = Exclude<SignOnProblem, 'store-unavailable' | 'internal'>

/**
 * The exact cause of a problem that Vedette itself found, if `ProblemCode` doesn't identify it. Pages
 * word it in the reader's language; `CauseValues` are the values in that sentence.
 */
export type CauseCode =
  | ZoneCause
  | JobCause
  | 'needs-role'
  | PeopleCause
  | SignOnCause
  | ApprovalCause
  | 'bad-id'
  | 'no-such-endpoint'
  | 'no-such-zone'
  | 'zones-not-loaded'
  | 'no-such-page'
  | 'no-such-instance'
  | 'no-such-snapshot'
  | 'no-screenshot'
  | 'no-such-chain'
  | 'note-too-long'
  | 'note-changed'
  | 'bad-screenshot'
  | 'bad-name-for-data'
  | 'data-too-large'
  | 'too-much-data'
  | 'not-json'
  | 'bad-request'
  | 'request-too-large'
  | 'bad-change'
  | 'change-not-accepted'
  | 'change-not-possible'
  | 'change-in-progress'
  | 'chain-is-complete'
  | 'bad-order'
  | 'rule-gone'
  | 'group-has-rules'
  | 'values-not-accepted'
  | 'no-such-network'
  | 'no-such-elastic-ip'
  | 'values-changed'
  | 'plan-changed'
  | 'bad-key'
  | 'already-sent'
  | 'already-sent-unknown'
  | 'wrong-host'
  | 'other-website'
  | 'not-from-vedette'
  | 'internal'
  | 'store-unavailable'
  | 'bad-text'
  | 'server-unreachable'
  | 'console-host'
  | 'screen-in-use'
  | 'no-instance-id'
  | 'gave-up'
  | 'may-be-created'
  | 'judged-by-instance'
  | 'operation-not-readable'
  | 'user-data-lost'

type CauseValues = {
  zone?: string
  role?: Role
  /** The most characters, bytes, KiB or MiB that are accepted, as the code says. */
  most?: number
  /** An HTTP status. */
  status?: number
  /** Epoch ms of the moment when the first request was sent, or when the next attempt is allowed. */
  at?: number
  /** The fewest characters that are accepted. */
  least?: number
  /** The operation that the API key may not call. */
  lacks?: string
  /** The identity provider's name. */
  provider?: string
  /** What a person is narrowed to, as `team=web`. */
  label?: string
  /** What the role may not do with screens. */
  right?: ScreenRight
  /** Why a change isn't possible. */
  refusal?: PlanRefusal
}

export type Cause = CauseValues & { code: CauseCode }

/** What Vedette found wrong with one value; pages word it. */
export type EntryCode =
  | 'missing'
  | 'unknown'
  | 'too-small'
  | 'too-large'
  | 'too-short'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'not-offered'
  | 'invalid'
  | 'needs-body'
  | 'no-body'
  | 'not-json'
  | 'repeated'
  | 'empty'
  | 'count'
  | 'not-unique'
  | 'one-instance-only'
  | 'one-address-only'
  | 'bad-id'
  | 'needs-public-ip'
  | 'no-such-network'
  | 'no-such-elastic-ip'

export type ProblemEntry = {
  /** Exoscale's own words, or a short English text by Vedette; `code` stands for the same text. */
  message: string
  /** Absent in Exoscale's own entries. */
  code?: EntryCode
  /** The limit that `code` is about. */
  limit?: number
  /** Dotted, as in `instance-type.id`. */
  path?: string
}

export type Problem = {
  code: ProblemCode
  status: number
  /** Exoscale's own words, or one English sentence by Vedette. */
  message: string
  /** Set if `message` is by Vedette: pages word it in the reader's language. */
  cause?: Cause
  /** What was wrong with which field. */
  errors?: ProblemEntry[]
  zone?: string
  endpoint?: string
  requestId?: string
  /** True if the change may have been made: read again before repeating it. */
  unknownOutcome?: boolean
}

/** Whether a parsed response is a `Problem`. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    'status' in value
  )
}
