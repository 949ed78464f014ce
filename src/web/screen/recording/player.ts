/**
 * Shows any moment of a recording: passes its bytes to noVNC as if a server had sent them. Nothing
 * leaves the page, and noVNC's own messages are discarded.
 */
import type RFB from '@novnc/novnc'
import type { RfbChannel } from '@novnc/novnc'

import { takeClipboard } from '../clipboard/take-clipboard.ts'
import { loadNovnc } from '../load-novnc.ts'
import { guardPainting, isSettled } from '../painting/painting.ts'
import { giveHistories } from './decoder.ts'
import { segmentAt, type Keyframe, type Recording, type Segment } from './recording.ts'

/** Stands in for the socket of noVNC. */
class Reel implements RfbChannel {
  binaryType = 'arraybuffer'
  readonly protocol = ''
  readyState: number = WebSocket.CONNECTING
  onopen: RfbChannel['onopen'] = null
  onmessage: RfbChannel['onmessage'] = null
  onclose: RfbChannel['onclose'] = null
  onerror: RfbChannel['onerror'] = null

  open(): void {
    this.readyState = WebSocket.OPEN
    this.onopen?.()
  }

  tell(bytes: Uint8Array): void {
    // A copy of its own: a view's buffer may be that of a whole file.
    this.onmessage?.({ data: bytes.slice().buffer })
  }

  send(): void {}

  close(): void {
    if (this.readyState === WebSocket.CLOSED) return
    this.readyState = WebSocket.CLOSED
    this.onclose?.({ code: 1000, reason: '' })
  }
}

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0))
const u16 = (value: number) => [value >> 8, value & 255]
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]

/** A handshake as short as RFC 6143 allows: 3.8, no security, a screen without a name. */
function handshake({ width, height }: Keyframe): Uint8Array[] {
  // 32 bits, true color, one byte per channel; noVNC requests its own format anyway.
  const format = [32, 24, 0, 1, ...u16(255), ...u16(255), ...u16(255), 0, 8, 16, 0, 0, 0]
  const init = [...u16(width), ...u16(height), ...format, ...u32(0)]
  return [ascii('RFB 003.008\n'), [1, 1], u32(0), init].map((bytes) =>
    Uint8Array.from(bytes),
  )
}

/** The whole image as one raw rectangle, in the format that noVNC always requests. */
async function wholePicture({ width, height, picture }: Keyframe): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(picture)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser doesn’t support canvas.')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  const head = [
    0,
    0,
    ...u16(1),
    ...u16(0),
    ...u16(0),
    ...u16(width),
    ...u16(height),
    ...u32(0),
  ]
  const message = new Uint8Array(head.length + data.length)
  message.set(head)
  message.set(data, head.length)
  return message
}

/** JPEG and PNG rectangles are decoded by the browser, which takes a moment. */
async function settled(rfb: RFB): Promise<void> {
  for (let tries = 0; tries < 100 && !isSettled(rfb); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10))
}

type Showing = { segment: Segment; next: number; rfb: RFB; reel: Reel; holder: HTMLElement }

export class Player {
  readonly #host: HTMLElement
  #showing: Showing | undefined
  #wanted = 0
  #closed = false
  #busy: Promise<void> = Promise.resolve()

  constructor(host: HTMLElement) {
    this.#host = host
  }

  get canvas(): HTMLCanvasElement | undefined {
    return this.#showing?.holder.querySelector('canvas') ?? undefined
  }

  /** Shows the screen at a time. Of several requests at once, only the last is shown. */
  show(recording: Pick<Recording, 'segments'>, at: number): Promise<void> {
    const mine = (this.#wanted += 1)
    const work = async () => {
      if (mine !== this.#wanted || this.#closed) return
      await this.#go(recording.segments, at)
    }
    // One after the other; only the caller of a failed request gets its error.
    const done = this.#busy.then(work)
    this.#busy = done.catch(() => undefined)
    return done
  }

  async #go(segments: readonly Segment[], at: number): Promise<void> {
    const segment = segmentAt(segments, at)
    if (!segment) return
    let showing = this.#showing
    const played = showing ? segment.messages[showing.next - 1]?.at : undefined
    if (showing?.segment !== segment || (played !== undefined && played > at))
      showing = await this.#rewind(segment)
    if (!showing || this.#closed) return
    const { messages } = segment
    for (; showing.next < messages.length; showing.next += 1) {
      const message = messages[showing.next]
      if (!message || message.at > at) break
      showing.reel.tell(message.bytes)
    }
    await settled(showing.rfb)
    if (this.#closed) return this.#end(showing)
    if (showing === this.#showing) return
    const former = this.#showing
    this.#showing = showing
    showing.holder.style.visibility = 'visible'
    if (former) this.#end(former)
  }

  /** A fresh noVNC at the beginning of a segment. */
  async #rewind(segment: Segment): Promise<Showing> {
    const Rfb = await loadNovnc()
    const { keyframe } = segment
    const picture = keyframe && (await wholePicture(keyframe))
    const holder = document.createElement('div')
    holder.className = 'absolute inset-0'
    holder.style.visibility = 'hidden'
    this.#host.append(holder)
    const reel = new Reel()
    const rfb = new Rfb(holder, reel, { shared: true })
    rfb.viewOnly = true
    takeClipboard(rfb, () => undefined)
    rfb.scaleViewport = true
    rfb.background = 'transparent'
    // What could not be drawn then can't be now; the recording has what came in its place.
    guardPainting(rfb, { onLeftOut: () => undefined, onThrown: () => undefined })
    reel.open()
    if (keyframe && picture) {
      for (const bytes of handshake(keyframe)) reel.tell(bytes)
      reel.tell(picture)
      giveHistories(rfb, keyframe.histories)
    }
    return { segment, next: 0, rfb, reel, holder }
  }

  #end({ rfb, holder }: Showing): void {
    rfb.disconnect()
    holder.remove()
  }

  close(): void {
    this.#closed = true
    if (this.#showing) this.#end(this.#showing)
    this.#showing = undefined
  }
}
