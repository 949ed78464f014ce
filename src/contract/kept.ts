/**
 * Describes what Vedette stores for a person under a name: drafts, saved views, favorites and colors. The server reads only the
 * default view (query/views.ts); don't put secrets in it.
 *
 * `GET /api/kept/:name` returns a `Kept`, whose value is null if nothing is stored; `PUT` with
 * a JSON value returns when it is stored; `DELETE` removes it. With an `If-Match` both change only what was
 * stored at that moment: for anything else they return 412 `changed`, so that no tab overwrites another's change.
 */
export type Kept = {
  value: unknown
  /** Epoch ms of the moment it was stored, later than that of what was replaced; 0 if nothing is stored. */
  at: number
}

/** The `If-Match` of a change of what was stored at this moment. */
export const keptTag = ({ at }: Pick<Kept, 'at'>): string => `"${at}"`

/** The moment of an `If-Match`; undefined for what isn't one. */
export function keptAtOf(tag: string): number | undefined {
  const [, at] = /^"(\d{1,15})"$/.exec(tag) ?? []
  return at === undefined ? undefined : Number(at)
}

export const KEPT_MAX_BYTES = 64 * 1024

/** How many names a person can have; pages use about twenty. */
export const KEPT_MAX_NAMES = 200

/**
 * Names that begin like this are of drafts about one thing, such as the duplicate of an instance. Beyond the most
 * of them, the server drops the oldest, so that drafts that were left behind never take all names.
 */
export const PASSING_NAMES = 'create-draft-'
export const PASSING_MOST = 20

const named = /^[a-z][a-z0-9-]{0,63}$/

export const isKeptName = (name: string) => named.test(name)
