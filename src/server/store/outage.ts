/**
 * Distinguishes a store that fails (stopped, frozen, out of space, read-only) from a statement that it
 * rejects: what failed in an outage may be repeated later, and what was rejected would be again.
 */

/** The store could not read or write just now; `cause` is the database's own error. */
export class StoreOutage extends Error {
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`the store does not respond: ${why}`, { cause })
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Whether PostgreSQL itself sent this error, so that its connection still works. */
export const isFromPostgres = (error: unknown): boolean =>
  /^[0-9A-Z]{5}$/.test(codeOf(error)) && !/^(08|57P)/.test(codeOf(error))

/**
 * Whether the statement is to blame. PostgreSQL's classes are those of data, constraints and syntax,
 * without the lack of a right, which its owner can give back.
 */
function blamesStatement(error: unknown): boolean {
  const code = codeOf(error)
  if (/^SQLITE_(CONSTRAINT|ERROR|TOOBIG|MISMATCH|RANGE)/.test(code)) return true
  return isFromPostgres(error) && /^(21|22|23|42)/.test(code) && code !== '42501'
}

/** The error to throw for one of a database: itself, or the outage that it shows. */
export function named(error: unknown): unknown {
  if (error instanceof StoreOutage || error instanceof TypeError) return error
  return blamesStatement(error) ? error : new StoreOutage(error)
}
