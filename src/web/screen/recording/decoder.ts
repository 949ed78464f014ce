/**
 * The state of noVNC's decoders between two messages: what has to be known to begin in the
 * middle of a connection. It is private, of version 1.7.0, which is pinned exactly; a
 * field that is missing means "can't be known", and then only whole connections can be replayed.
 */
import type RFB from '@novnc/novnc'

import { isSettled } from '../painting/painting.ts'
import type { History } from './recording.ts'

type Inflator = {
  strm?: {
    state?: {
      mode: number
      bits: number
      window: Uint8Array | null
      wnext: number
      whave: number
    }
  }
  setInput(bytes: Uint8Array | null): void
  inflate(expected: number): Uint8Array
}

type Decoder = { _zlib?: Inflator; _zlibs?: Inflator[]; _inflator?: Inflator }

type Inside = { _decoders?: Record<number, Decoder> }

// Private names, which have no types; the reason for using them is above.
const insideOf = (rfb: RFB): Inside => rfb as unknown as Inside

/** Encodings whose decoders keep streams: zlib, Tight, TightPNG, ZRLE. */
const withStreams = [6, 7, -260, 16]

/** zlib's numbers for "nothing read yet" and "between two blocks". */
const untouched = 1
const betweenBlocks = 12

function inflatorsOf(rfb: RFB): { encoding: number; index: number; inflator: Inflator }[] {
  const decoders = insideOf(rfb)._decoders ?? {}
  return withStreams.flatMap((encoding) => {
    const { _zlib, _zlibs, _inflator } = decoders[encoding] ?? {}
    const inflators = _zlibs ?? [_zlib ?? _inflator]
    return inflators.flatMap((inflator, index) =>
      inflator ? [{ encoding, index, inflator }] : [],
    )
  })
}

/** The histories of all streams in use; undefined while one is in the middle of something. */
export function historiesOf(rfb: RFB): History[] | undefined {
  const inflators = inflatorsOf(rfb)
  if (inflators.length === 0 || !isSettled(rfb)) return undefined
  const histories: History[] = []
  for (const { encoding, index, inflator } of inflators) {
    const state = inflator.strm?.state
    if (!state) return undefined
    if (state.mode === untouched) continue
    const { window, wnext, whave } = state
    if (state.mode !== betweenBlocks || state.bits !== 0 || !window) return undefined
    // The window is a ring once it is full.
    const full = whave === window.length
    const bytes = new Uint8Array(whave)
    if (full) {
      bytes.set(window.subarray(wnext))
      bytes.set(window.subarray(0, wnext), whave - wnext)
    } else bytes.set(window.subarray(0, whave))
    histories.push({ encoding, index, bytes })
  }
  return histories
}

/** Makes a fresh noVNC's streams go on where others were: each inflates its history once. */
export function giveHistories(rfb: RFB, histories: readonly History[]): void {
  const inflators = inflatorsOf(rfb)
  for (const { encoding, index, bytes } of histories) {
    const found = inflators.find((one) => one.encoding === encoding && one.index === index)
    if (!found)
      throw new Error(
        'This recording uses a video format that this version doesn’t support.',
      )
    // A zlib header, then one stored block (RFC 1950 and 1951, 3.2.4).
    const { length } = bytes
    const input = new Uint8Array(7 + length)
    input.set([
      0x78,
      0x01,
      0,
      length & 255,
      length >> 8,
      ~length & 255,
      (~length >> 8) & 255,
    ])
    input.set(bytes, 7)
    found.inflator.setInput(input)
    found.inflator.inflate(length)
    found.inflator.setInput(null)
  }
}
