/**
 * What a person keeps in this console under a name: drafts and preferences. The server does not
 * read it; what is secret does not belong into it.
 *
 * `GET /api/kept/:name` answers a `Kept`, whose value is null where nothing is kept; `PUT` with
 * a JSON value answers when it is stored; `DELETE` forgets it.
 */
export type Kept = {
  value: unknown
  /** Epoch ms of the moment it was stored, 0 where nothing is. */
  at: number
}

export const KEPT_MAX_BYTES = 64 * 1024

const named = /^[a-z][a-z0-9-]{0,63}$/

export const isKeptName = (name: string) => named.test(name)
