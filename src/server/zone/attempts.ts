/**
 * Decides which calls to a zone undici's retry interceptor tries again, and how often. A read is
 * tried three times, with growing pauses or the pause in the zone's `Retry-After` header. A change
 * is never sent twice, because Exoscale has no idempotency key
 * (docs/platform.md#no-idempotency): only a connection that was refused, so that no byte was sent, is tried
 * again.
 */
import { interceptors, type Dispatcher } from 'undici'

const retries = 2
const firstPauseMs = 400
/** 429, and every status that a gateway or an overloaded zone returns. */
const passing = [429, ...Array.from({ length: 98 }, (_, index) => 502 + index)]
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

type Intercept = Dispatcher.DispatcherComposeInterceptor

/** Tries reads and changes again, each by its own rules; no pause is longer than `longestPauseMs`. */
export function tryAgain(longestPauseMs: number): Intercept {
  const pauses = {
    maxRetries: retries,
    minTimeout: firstPauseMs,
    maxTimeout: longestPauseMs,
    timeoutFactor: 2,
    // The last response is passed on with its body, which contains Exoscale's words.
    throwOnError: false,
  }
  const reads = interceptors.retry({
    ...pauses,
    methods: ['GET'],
    statusCodes: passing,
    errorCodes: dropped,
  })
  const changes = interceptors.retry({
    ...pauses,
    methods: ['POST', 'PUT', 'DELETE'],
    statusCodes: [],
    errorCodes: ['ECONNREFUSED'],
  })
  return (dispatch) => {
    const [read, change] = [reads(dispatch), changes(dispatch)]
    return (options, handler) =>
      options.method === 'GET' ? read(options, handler) : change(options, handler)
  }
}

/** A response that broke off after its headers; its code is not tried again. */
function brokenOff(error: Error): Error {
  if (!('code' in error) || !dropped.includes(String(error.code))) return error
  // Without a code of its own, the interceptor would try it again.
  return Object.assign(new Error('the answer broke off', { cause: error }), {
    code: 'BROKEN_OFF',
  })
}

/**
 * Reports each attempt: `told` gets its HTTP status, or 0 without a response. It runs between
 * `tryAgain` and the network, also to stop the interceptor from completing a broken response with a
 * part of another one, which may show another state of the zone.
 */
export function eachAttempt(
  told: (options: Dispatcher.DispatchOptions, status: number) => void,
): Intercept {
  return (dispatch) => (options, handler) => {
    let answered = false
    return dispatch(options, {
      onRequestStart: (...given) => handler.onRequestStart?.(...given),
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart(...given) {
        const [, status] = given
        answered = true
        told(options, status)
        handler.onResponseStart?.(...given)
      },
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError(controller, error) {
        if (!answered) told(options, 0)
        handler.onResponseError?.(controller, answered ? brokenOff(error) : error)
      },
    })
  }
}
