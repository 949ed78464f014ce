/**
 * Describes how a page gets the websocket of a console. `POST /api/zones/:zone/console/:id` returns a
 * `ConsoleTicket`, which opens one connection, once and within a minute. Its `url` is absolute, or a
 * path when the socket is on the page's own origin (the relay, or the embedded sandbox).
 */
export type ConsoleTicket = { url: string }

/**
 * Milliseconds for which a console address is valid (docs/platform.md#console-addresses).
 */
export const TICKET_MS = 60_000

/**
 * What a console's websocket closes with, in place of an HTTP status, by whoever can choose: a
 * refused handshake leaves its address in the browser's own console, which is the ticket.
 */
export const refusedCode = (status: number): number => 4_000 + status

/** Whether a close code is a refusal. */
export const isRefusedCode = (code: number): boolean =>
  code >= refusedCode(400) && code < refusedCode(600)
