/**
 * Keeps noVNC painting. It waits forever for a JPEG or PNG that can't be decoded, or that isn't as
 * large as its rectangle, and shows the last image while keys still go out (docs/decisions/0020). Here
 * such a rectangle is left out and reported, and much at once is painted with less work. The names are private, of version 1.7.0, which is pinned
 * exactly; where one is missing, nothing is guarded.
 */
import type RFB from '@novnc/novnc'

import { showOnce } from './flips.ts'
import { RawDecoder, type RectangleDecoder } from './raw-decoder.ts'

export type Rectangle = { x: number; y: number; width: number; height: number }

type Drawing = Rectangle & { type: string; img?: HTMLImageElement }

type Display = {
  _renderQ: Drawing[]
  _scanRenderQ(): void
  flip(fromQueue?: boolean): void
  pending(): boolean
  imageRect(
    x: number,
    y: number,
    width: number,
    height: number,
    mime: string,
    bytes: Uint8Array,
  ): void
}

type Inside = {
  _display?: Display
  _FBU?: { rects: number }
  _flushing?: boolean
  _rfbConnectionState?: string
  _sock?: { rQlen?: () => number; on?: (event: 'message', act: () => void) => void }
  _decoders?: Record<number, RectangleDecoder | undefined>
  _handleMessage?: () => void
}

// Private names, which have no types; the reason for using them is above.
const insideOf = (rfb: RFB): Inside => rfb as unknown as Inside

const raw = 0

/** Whether everything that came was acted on and painted. */
export function isSettled(rfb: RFB): boolean {
  const { _FBU, _flushing, _display, _sock } = insideOf(rfb)
  return (
    _FBU?.rects === 0 &&
    _flushing === false &&
    _display?.pending() === false &&
    _sock?.rQlen?.() === 0
  )
}

/** What painting waits for: the same for long is a stall. Undefined while it waits for nothing. */
export const waitsFor = (rfb: RFB): unknown => insideOf(rfb)._display?._renderQ[0]

/** How far from its end an image may have its last mark, because some encoders fill up. */
const filling = 32
const endOfJpeg = [0xff, 0xd9]
const endOfPng = [0x49, 0x45, 0x4e, 0x44]

/** A browser paints the upper part of an image that is cut off, and reports no error. */
export function isCutOff(mime: string, bytes: Uint8Array): boolean {
  const end = mime === 'image/png' ? endOfPng : endOfJpeg
  const last = bytes.length - end.length
  for (let at = last; at >= Math.max(0, last - filling); at -= 1)
    if (end.every((byte, index) => bytes[at + index] === byte)) return false
  return true
}

const isBroken = ({ img, width, height }: Drawing): boolean =>
  img !== undefined && img.complete && (img.width !== width || img.height !== height)

type Handlers = {
  /** This rectangle was left out: it still shows what was there before. */
  onLeftOut(rectangle: Rectangle): void
  /** noVNC threw outside of the message that caused it. */
  onThrown(): void
}

/** Guards a noVNC that has not read anything yet. */
export function guardPainting(rfb: RFB, { onLeftOut, onThrown }: Handlers): void {
  const inside = insideOf(rfb)
  const { _display: display, _handleMessage: handleMessage } = inside
  // It goes on by itself after an image was decoded, where nobody catches what it throws.
  if (handleMessage)
    inside._handleMessage = () => {
      try {
        handleMessage.call(rfb)
      } catch {
        onThrown()
      }
    }
  const decoder = inside._decoders?.[raw]
  if (inside._decoders && decoder) inside._decoders[raw] = new RawDecoder(decoder)
  if (!display) return
  if (handleMessage)
    inside._sock?.on?.(
      'message',
      showOnce(
        display,
        () => handleMessage.call(rfb),
        () => inside._rfbConnectionState === 'connected',
      ),
    )
  const { _scanRenderQ: scan, imageRect } = display
  const leaveOut = ({ x, y, width, height }: Rectangle) =>
    onLeftOut({ x, y, width, height })
  display._scanRenderQ = () => {
    for (;;) {
      const first = display._renderQ[0]
      // An unknown type is passed over.
      if (first && isBroken(first)) {
        display._renderQ[0] = { ...first, type: 'left-out' }
        leaveOut(first)
      }
      scan.call(display)
      const next = display._renderQ[0]
      if (!next?.img || next.type !== 'img') return
      if (isBroken(next)) continue
      // noVNC itself only waits for `load`.
      next.img.addEventListener('error', () => display._scanRenderQ(), { once: true })
      return
    }
  }
  display.imageRect = (x, y, width, height, mime, bytes) => {
    if (isCutOff(mime, bytes)) leaveOut({ x, y, width, height })
    else imageRect.call(display, x, y, width, height, mime, bytes)
  }
}
