/**
 * Describes Vedette's audit log: who changed or revealed what, from where, and how it ended. Each entry
 * begins with a row that is stored before anything is done (`intent`), and has a second one when the
 * answer is known (`outcome`). What the zone then works on has a third (`end`). Rows are never changed,
 * and each contains the hash of the one before it (docs/security.md#the-audit-log).
 *
 * - `GET /api/audit` with an `AuditFilter` as its query → `AuditPage`, for admins
 * - `GET /api/audit/export?format=csv|jsonl` with the same filter → all of its rows, streamed
 */
import type { Role } from '../endpoints.ts'
import type { Cause } from '../problem.ts'

export type AuditPhase = 'intent' | 'outcome' | 'end'

/**
 * `accepted`: the zone has it and works on it. `refused`: nothing was done. `failed`: it was begun, and
 * not done. `timed-out`: Exoscale says that it took too long, and it may have been done. `unknown`: it may have been done.
 */
export const auditResults = [
  'accepted',
  'done',
  'refused',
  'failed',
  'timed-out',
  'unknown',
] as const
export type AuditResult = (typeof auditResults)[number]

/** What Vedette itself does or lets people do; everything else is an operation of a zone. */
export const ownEvents = [
  'sign-in',
  'sign-out',
  'set-up',
  'change-password',
  'end-session',
  'choose-demo-role',
  'load-scenario',
  'invite-person',
  'update-person',
  'delete-person',
  'create-invitation',
  'change-policy',
  'update-note',
  'store-screenshot',
  'stop-job',
  'retry-job',
  'undo-job',
  'retry-creation',
  'export-audit',
  'prune-audit',
  'ask-approval',
  'confirm-approval',
  'decline-approval',
  'withdraw-approval',
  'expire-approval',
  'refuse',
] as const
export type OwnEvent = (typeof ownEvents)[number]

/** Who did it, as far as it was known. */
export type AuditActor = {
  /** Absent where only a name was stored, as of a change that goes on after a restart. */
  id?: string
  name: string
  role?: Role
  /** The first characters of the session's id. */
  session?: string
  /** The IP address. */
  from?: string
  /** The browser's user agent. */
  browser?: string
}

/** What a row says, in the order in which it is hashed. */
export type AuditBody = {
  entry: string
  phase: AuditPhase
  /** The operation of the zone, an `OwnEvent`, or `bulk-` and the action of a job. */
  event: string
  by?: AuditActor
  zone?: string
  target?: { id: string; name?: string }
  /** The entry of the chain or the job that it is part of. */
  parent?: string
  /** What was to be changed, without secrets. */
  changed?: Record<string, unknown>
  result?: AuditResult
  /** The HTTP status. */
  status?: number
  cause?: Cause
  /** Exoscale's words. */
  message?: string
  /** Of the zone. */
  operationId?: string
  /** How long it took since the intent. */
  ms?: number
  /** By which the log lines of the server name the request. */
  requestId?: string
}

/** A stored row. `at` is epoch ms; `hash` is that of the row before, `seq`, `at` and the body. */
export type AuditRow = AuditBody & { seq: number; at: number; hash: string }

/** The rows of one entry together. */
export type AuditEntry = Omit<AuditBody, 'phase'> & {
  /** Of its first row, by which pages go on. */
  seq: number
  at: number
  endedAt?: number
  /** How many entries are part of it. */
  parts: number
}

/** Empty members don't filter. Each is fitted by the entry or by one that is part of it. Times are epoch ms. */
export type AuditFilter = {
  from?: number
  until?: number
  person?: string
  zone?: string
  /** The id of an instance, a person or something else. */
  target?: string
  /** How it ended as far as it is known; `accepted` also finds what was only begun. */
  result?: AuditResult
  /** Found in names, ids, events, addresses and messages, without regard to capitals. */
  text?: string
  /** Only the parts of this entry. */
  parent?: string
  /** Only what is older than this row, as the next page is. */
  before?: number
  /** Only what is newer than this row, as the next page of parts is. */
  after?: number
}

/** How far the chain was checked, and where it breaks. */
export type AuditCheck = {
  /** Epoch ms. */
  at: number
  rows: number
  /** Set if only the newest rows were checked. */
  partial?: true
  /** The row that doesn't follow from those before it, and why. */
  broken?: { seq: number; why: AuditFault }
}

/**
 * `missing`: a row is not there. `changed`: its hash doesn't fit. `cut`: the last rows are not there.
 * `signature`: the server never signed this state.
 */
export type AuditFault = 'missing' | 'changed' | 'cut' | 'signature'

export type AuditPage = {
  /** Newest first; parts of an entry oldest first. */
  entries: AuditEntry[]
  /** Whether there are more. */
  more: boolean
  /** The names of people in the log. */
  people: string[]
  /** How many days entries are kept. */
  days: number
  /** Absent until the first check has ended. */
  check?: AuditCheck
}

/** How many entries a page has. */
export const AUDIT_PAGE = 100
/** How long rows are kept, in days, unless AUDIT_DAYS says otherwise. */
export const AUDIT_DAYS = 400
