/**
 * Describes what the server returns when something was rejected or failed. Exoscale's four
 * shapes of error bodies (docs/platform.md#error-bodies) become this one, with Exoscale's
 * own words in `message`.
 */
export type ProblemCode =
  /** We refused it: unknown operation, malformed id, body against the contract. */
  | 'not-found'
  | 'invalid'
  | 'too-large'
  | 'not-allowed'
  | 'cross-site'
  /** Somebody else changed what would have been overwritten (seen.ts). */
  | 'changed'
  /** The zone refused it. */
  | 'zone-refused'
  | 'bad-credentials'
  | 'clock-skew'
  | 'denied'
  | 'zone-busy'
  /** The zone failed, did not answer, or answered something unreadable. */
  | 'zone-failed'
  | 'zone-unreachable'
  | 'zone-timeout'
  | 'zone-garbage'
  | 'internal'

export type ProblemEntry = { message: string; path?: string }

export type Problem = {
  code: ProblemCode
  status: number
  /** The platform's own words where it said any, else one plain English sentence of ours. */
  message: string
  /** What was wrong with which field; `path` is dotted, as in `instance-type.id`. */
  errors?: ProblemEntry[]
  zone?: string
  endpoint?: string
  requestId?: string
  /** True when a change may or may not have happened: read again before repeating it. */
  unknownOutcome?: boolean
}

export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    'status' in value
  )
}
