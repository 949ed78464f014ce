/**
 * Checks what is bound to a statement, in one place for all of them. The SQLite driver ends the
 * process on some kinds of values and cuts a text at U+0000; PostgreSQL rejects or replaces the same.
 * Both databases take what passes here, and return it as it was.
 */
/** A value that one of the databases would not keep. A mistake of the caller, not of the store. */
export class KindError extends TypeError {}

/** Whether both databases keep this text whole: it has no U+0000 and no half of a surrogate pair. */
export const isWhole = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text)

function wrongWith(value: unknown, booleans: boolean): string | undefined {
  if (value === null || (booleans && typeof value === 'boolean')) return undefined
  if (typeof value === 'string')
    return isWhole(value) ? undefined : 'a text with U+0000 or half a character'
  // Dates are milliseconds and the rest are counts, so a fraction or NaN is a mistake, too.
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? undefined : `the number ${value}`
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

/**
 * Throws a `KindError` for the first value that is not a text, a whole number or null. `booleans` are
 * taken where Kysely asks PostgreSQL for its tables.
 */
export function checkKinds(values: readonly unknown[], booleans = false): void {
  for (const [index, value] of values.entries()) {
    const wrong = wrongWith(value, booleans)
    if (wrong) throw new KindError(`the store does not take ${wrong} (value ${index + 1})`)
  }
}
