/**
 * Parses what a zone answers. A member that is null says as little as one that is absent, and is
 * read as absent, so that no reader has to know both.
 */

/** Members of an event that repeat a request as it was sent: there, null is a value. */
const asSent: ReadonlySet<string> = new Set(['path-params', 'get-params', 'body-params'])

/** A zone's answer without its nulls. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((one) => one !== null).map((one: unknown) => withoutNulls(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, asSent.has(name) ? member : withoutNulls(member)]),
  )
}

/** The JSON of a zone without its nulls; throws a `SyntaxError` if it is none. */
export function parseZoneJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // Nearly no answer has one, and some have thousands of members.
  return text.includes('null') ? withoutNulls(value) : value
}
