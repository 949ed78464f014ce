/**
 * Takes one image of an instance's screen: a fresh address, a shared connection that only
 * watches, the first complete image, and it is closed again. For the wall and for
 * thumbnails, which look at many screens and stay at none. Other viewers stay connected
 * (docs/vnc.md#shared-connections).
 */
import { TICKET_MS, type ConsoleTicket } from '#contract/console.ts'

import { callZone, problemOf, RequestError } from '../../api/client.ts'
import { afterPainting } from '../after-painting.ts'
import { isRelayed, socketUrl } from '../attempt.ts'
import { Channel } from '../channel.ts'
import { takeClipboard } from '../clipboard/take-clipboard.ts'
import type { ConnectionReason, Phase } from '../connection-state.ts'
import { loadNovnc } from '../load-novnc.ts'
import { guardPainting, isSettled } from '../painting/painting.ts'
import { Patience, pictureMs } from '../painting/patience.ts'
import { frameQueue, socketQueue } from './frame-queue.ts'
import { frameOf, type Frame } from './frame.ts'

/** How long nothing may come, and how long it may take in all: others wait for its place. */
const patienceMs = 8_000
const longestMs = 60_000
const askRelayMs = 1_000
/** How long a ticket may wait for its turn; it is valid for a minute. */
const ticketKeptMs = TICKET_MS / 2
/** How long a socket may take to close. */
const partingMs = 2_000

/** Why there is no screenshot; `useReasonWords` has the words. */
export class FrameError extends Error {
  readonly reason: ConnectionReason

  constructor(reason: ConnectionReason) {
    super(reason.kind)
    this.name = 'FrameError'
    this.reason = reason
  }
}

type Target = { zone: string; id: string }

/** A fresh address of the screen. Throws a `FrameError`, or the signal's reason. */
async function askForTicket({ zone, id }: Target, signal: AbortSignal) {
  const { url } = await callZone<ConsoleTicket>(
    'get-console-proxy-url',
    { zone, parameters: { id }, glance: true },
    signal,
  ).catch((error: unknown) => {
    if (!(error instanceof RequestError)) throw error
    throw new FrameError({ kind: 'problem', problem: problemOf(error) })
  })
  return { url, at: Date.now() }
}

/**
 * Takes a screenshot, `width` pixels wide, in its turn; settles once the connection has closed, so that
 * the number of calls with a ticket is the number of sockets. Throws a `FrameError`, or the signal's
 * reason.
 */
export function grabFrame(
  target: Target,
  width: number,
  signal: AbortSignal,
): Promise<Frame> {
  return frameQueue.run(async () => {
    const loading = loadNovnc().catch(() => {
      throw new FrameError({ kind: 'viewer' })
    })
    const [Rfb, ahead] = await Promise.all([loading, askForTicket(target, signal)])
    const result = await socketQueue.run(async () => {
      const isOld = Date.now() - ahead.at > ticketKeptMs
      const { url } = isOld ? await askForTicket(target, signal) : ahead
      return look(Rfb, url, width, signal)
    }, signal)
    signal.throwIfAborted()
    if ('kind' in result) throw new FrameError(result)
    return result
  }, signal)
}

/** The screenshot, or why there is none. */
function look(
  Rfb: Awaited<ReturnType<typeof loadNovnc>>,
  url: string,
  width: number,
  signal: AbortSignal,
): Promise<Frame | ConnectionReason> {
  return new Promise((resolve) => {
    let result: Frame | ConnectionReason | undefined
    let parting = 0
    let phase: Phase = 'opening'
    let isBlank = false
    const channel = new Channel(socketUrl(url), isRelayed(url), {
      onOpen: () => {
        phase = 'greeting'
        patience.live()
      },
      onGarbage: () => end({ kind: 'garbage' }),
      onFlood: () => end({ kind: 'flood' }),
      onServer: () => undefined,
      onPart: () => patience.live(),
      onHandled: () => {
        if (phase !== 'picture') return patience.live()
        // What was acted on and painted nothing is no part of an image.
        if (!isSettled(rfb)) patience.live()
        else if (!isBlank) patience.set(patienceMs)
        isBlank ||= isSettled(rfb)
      },
      onClient: () => undefined,
      onEnd: ({ code, reason }) => {
        result ??= { kind: 'lost', phase, code, text: reason }
        closed()
      },
    })
    // noVNC paints into it; it is never on the page.
    const host = document.createElement('div')
    const rfb = new Rfb(host, channel, { shared: true })
    rfb.viewOnly = true
    takeClipboard(rfb, () => undefined)
    const end = (with_: Frame | ConnectionReason) => {
      if (result) return
      result = with_
      rfb.disconnect()
      parting = window.setTimeout(closed, partingMs)
    }
    const abandon = () => end({ kind: 'left' })
    const patience = new Patience(
      patienceMs,
      () => end({ kind: 'silent', phase }),
      longestMs,
    )
    const asking = setInterval(() => channel.askRelay(), askRelayMs)
    guardPainting(rfb, {
      onLeftOut: () => queueMicrotask(() => end({ kind: 'undrawable' })),
      onThrown: () => end({ kind: 'garbage' }),
    })
    function closed() {
      patience.stop()
      clearInterval(asking)
      clearTimeout(parting)
      signal.removeEventListener('abort', abandon)
      resolve(result ?? { kind: 'left' })
    }
    signal.addEventListener('abort', abandon)
    rfb.addEventListener('connect', () => {
      phase = 'picture'
      const canvas = host.querySelector('canvas')
      if (!canvas) return end({ kind: 'viewer' })
      patience.set(Math.max(patienceMs, pictureMs(canvas)))
      afterPainting(canvas, () => end(frameOf(canvas, width)))
    })
    rfb.addEventListener('securityfailure', ({ detail }) =>
      end({ kind: 'security', text: detail.reason ?? '' }),
    )
    rfb.addEventListener('credentialsrequired', () => end({ kind: 'security', text: '' }))
    // Invalid data. The channel reports a closed socket in the same turn, with its code.
    rfb.addEventListener('disconnect', () =>
      queueMicrotask(() => {
        result ??= { kind: 'garbage' }
      }),
    )
    channel.release()
  })
}
