/**
 * `POST /api/zones/:zone/console/:id` answers this: where to open the websocket of one
 * connection attempt, at once and once only. `url` is absolute, or a path when the socket is
 * on the page's own origin (the relay, or the embedded sandbox).
 */
export type ConsoleTicket = { url: string }

/** Milliseconds a ticket is good for (exoscale-api.md 3.16). */
export const TICKET_MS = 60_000
