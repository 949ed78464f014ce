/**
 * Decides which calls to a zone are tried again, and after which pause. A read is tried three times,
 * with growing pauses or the pause in the zone's `Retry-After` header. A change is never sent twice,
 * because Exoscale has no idempotency key (docs/platform.md#no-idempotency): it is tried again only
 * if no byte of it was sent.
 */
import type { Dispatcher } from 'undici'

import { isZoneFailure } from './problems.ts'

const retries = 2
const firstPauseMs = 400

/** 429, and every status of a zone or a gateway that fails. */
const isPassing = (status: number) => status === 429 || isZoneFailure(status)

/** The connection failed or was dropped. Timeouts aren't listed, because they have taken long already. */
const dropped = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'UND_ERR_SOCKET',
]

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** How long a zone asks to be left alone: a `Retry-After` in seconds or as a date; 0 without one. */
export function retryAfterMs(header: unknown, now: number): number {
  const text = String(header ?? '').trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now)
}

/** How one attempt ended: with a status, or with an error before or after its first byte was sent. */
export type Attempt = { status: number } | { error: unknown; wasSent: boolean }

/** The pause before the next attempt in ms, or undefined if there is to be none. */
export function pauseBefore(
  { number, isRead }: { number: number; isRead: boolean },
  attempt: Attempt,
): number | undefined {
  if (number >= retries) return undefined
  const pauseMs = firstPauseMs * 2 ** number
  if ('status' in attempt) return isRead && isPassing(attempt.status) ? pauseMs : undefined
  const code = codeOf(attempt.error)
  if (isRead) return dropped.includes(code) ? pauseMs : undefined
  return !attempt.wasSent && code === 'ECONNREFUSED' ? pauseMs : undefined
}

/**
 * Watches one attempt: `mayStart` returns the reason why it must not be sent any more, and is asked
 * immediately before its first byte would be; `started` is called for one that is sent.
 */
export function watchStart(
  mayStart: () => Error | undefined,
  started: () => void,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        const why = mayStart()
        if (!why) started()
        handler.onRequestStart?.(controller, context)
        if (why) controller.abort(why)
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    })
}
