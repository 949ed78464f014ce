/**
 * Describes how one press sends one request: each write of a page carries a key that was made when
 * its form or question opened, and the server refuses a second request of the same key. The key of
 * a request that was refused, so that nothing was done, can be used again.
 */

/** The request header with the key, a UUID. People who call the server by hand may omit it. */
export const KEY_HEADER = 'idempotency-key'

/** How long a key is remembered: longer than anyone leaves a form open that was sent. */
export const KEY_KEPT_MS = 24 * 3_600_000
