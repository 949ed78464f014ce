/**
 * Describes approvals: a change that a second person has to confirm before Vedette sends it (docs/decisions/0033).
 * What is to be sent is stored when it is asked for and never changes; the person who confirms it sees that, and that is
 * what is sent, in the name of the person who asked.
 *
 * - `POST /api/approvals` with an `ApprovalOrder` and the key of its question (once.ts) → `Approval`
 * - `GET /api/approvals` → one's own and those that one may answer, as `Approval[]`, the newest first
 * - `GET /api/approvals/:id` → `ApprovalDetail`, while it waits with what is to be sent
 * - `POST /api/approvals/:id/confirm` → `Approval` with what came of it
 * - `POST /api/approvals/:id/decline` with an `ApprovalAnswer` → `Approval`
 * - `POST /api/approvals/:id/withdraw` → `Approval`, for the person who asked
 *
 * Sent without one, a change that needs it is a 403 with the cause `needs-second-person`. The feed says
 * `{ type: 'approvals' }` when any has changed; what, each page reads for itself.
 */
import type { ChainRequest } from '../chain.ts'
import { endpoints, roles, type EndpointId, type Role } from '../endpoints.ts'
import type { JobAction, JobOrder } from '../job.ts'
import type { Problem } from '../problem.ts'

/** How long an approval waits, in ms. */
export const APPROVAL_MS = 15 * 60_000
/** How many of a person may wait at once, and of all people. */
export const APPROVALS_OWN_MOST = 20
export const APPROVALS_MOST = 200
/** How many characters a reason has at most. */
export const REASON_MOST = 500

/** One call of a zone; `seen` is its `If-Match` (seen.ts). */
export type OrderedCall = {
  kind: 'call'
  zone: string
  endpoint: EndpointId
  parameters: Record<string, string>
  body?: unknown
  seen?: string
}

/** What a page would send if no second person were needed. */
export type ApprovalOrder =
  | OrderedCall
  | { kind: 'chain'; zone: string; chain: ChainRequest }
  | { kind: 'job'; job: JobOrder }
  /** `asOf` is when the job had ended (epoch ms): later it may have other items to try again or to take back. */
  | { kind: 'retry-job' | 'undo-job'; jobId: string; asOf?: number }

/** `confirmed` says that it was to be sent; `outcome` says what came of that. */
export type ApprovalState = 'waiting' | 'confirmed' | 'declined' | 'expired' | 'withdrawn'

/** What was begun: an operation of a zone, a chain, or a job. */
export type ApprovalResult =
  | { kind: 'operation'; id: string; zone: string }
  | { kind: 'chain'; id: string; zone: string }
  | { kind: 'job'; id: string }

/**
 * `sent`: it was begun. `refused`: it was not, and `problem` says why. `not-sent`: the server ended before it sent
 * anything. `unknown`: the server ended, and what it was about to send may have been done. Nothing is sent again.
 */
export type ApprovalOutcome =
  | { is: 'sent'; result?: ApprovalResult }
  | { is: 'refused'; problem: Problem }
  | { is: 'not-sent' }
  | { is: 'unknown'; problem?: Problem }

/** Someone as they were called when they did it. */
export type Named = { id: string; name: string }

export type Approval = {
  id: string
  by: Named
  /** Epoch ms, as all times. */
  askedAt: number
  expiresAt: number
  state: ApprovalState
  /** What is asked for: a change, or an action for several instances. */
  what: { endpoint: EndpointId } | { action: JobAction }
  /** Those of its operations that need a second person. */
  endpoints: EndpointId[]
  /** Of a change. */
  zone?: string
  /** Of a change of one instance. */
  instanceId?: string
  /** The names of the first few that it concerns, as the server read them when it was asked for. */
  names: string[]
  /** How many it concerns. */
  count: number
  answeredBy?: Named
  answeredAt?: number
  /** Why it was declined. */
  reason?: string
  /** Of a confirmed one; absent while it is being sent. */
  outcome?: ApprovalOutcome
  /** Whether the reader asked for it. */
  isOwn: boolean
  /** Whether the reader may confirm or decline it, were it to wait. */
  mayAnswer: boolean
}

/** `order` is what is to be sent, without what may be a secret; absent once it doesn't wait any more. */
export type ApprovalDetail = Approval & { order?: ApprovalOrder }

export type ApprovalAnswer = { reason?: string }

/** The role that all of these operations take. */
export const roleFor = (ids: readonly EndpointId[]): Role =>
  roles[Math.max(0, ...ids.map((id) => roles.indexOf(endpoints[id].role)))] ?? 'admin'

/** Whether it can still be answered at a time in epoch ms. */
export const isOpen = (
  { state, expiresAt }: Pick<Approval, 'state' | 'expiresAt'>,
  now: number,
): boolean => state === 'waiting' && now < expiresAt
