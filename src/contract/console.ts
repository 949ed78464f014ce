/**
 * Describes how a page gets the websocket of a console. `POST /api/zones/:zone/console/:id` returns a
 * `ConsoleTicket`, which opens one connection, once and within a minute. Its `url` is absolute, or a
 * path when the socket is on the page's own origin (the relay, or the embedded sandbox).
 */
export type ConsoleTicket = {
  url: string
  /** Who else looks at the screen; absent from an older server. */
  others?: OtherViewer[]
}

/**
 * Names a view of a screen, as hexadecimal digits: of tickets, and of
 * `POST /api/zones/:zone/viewers/:id`, by which a view says that it is there. It begins with the
 * `PAGE_DIGITS` digits of its page, which the page names in `GET /api/feed?page=` as well: the end of
 * that stream tells the server that all views of the page are gone.
 */
export const VIEWER_HEADER = 'x-vedette-viewer'

/** Digits of a page's name. */
export const PAGE_DIGITS = 32

/** Another view of the same screen; `newer` if it was opened after one's own. */
export type OtherViewer = { name: string; newer: boolean }

/**
 * Milliseconds for which a console address is valid (docs/platform.md#console-addresses).
 */
export const TICKET_MS = 60_000

/** The path of the relay's consoles; a ticket follows. */
export const RELAY_PREFIX = '/api/console/'

/**
 * What a page asks the relay, as a text frame, which RFB has none of: how much it has of a message of
 * the console proxy that is not whole yet. Neither a browser nor the relay can pass on a part.
 */
export const RELAY_QUESTION = 'part?'

/** The relay's answer: a number of bytes, 0 between two messages. */
export const relayAnswer = (bytes: number): string => `part ${bytes}`

/** The bytes in an answer of the relay; undefined if the text is none. */
export function relayPart(text: string): number | undefined {
  const digits = /^part (\d{1,12})$/.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * The close code for an HTTP status. The handshake isn't rejected with the status itself, because the
 * browser would then write the address, which contains the ticket, to its developer console.
 */
export const refusedCode = (status: number): number => 4_000 + status

/** Whether a close code stands for a status. */
export const isRefusedCode = (code: number): boolean =>
  code >= refusedCode(400) && code < refusedCode(600)

const closeReasons = [
  'address-used',
  'zone-status',
  'no-response',
  'screen-gone',
  'too-much-early',
  'shutting-down',
  'session-ended',
  'not-limitable',
] as const

/** Why the relay closes a websocket, as its close reason; pages word it. */
export type CloseReason = (typeof closeReasons)[number]

/** Whether a close reason is the relay's; any other comes from the console proxy. */
export const isCloseReason = (text: string): text is CloseReason =>
  closeReasons.some((reason) => reason === text)
