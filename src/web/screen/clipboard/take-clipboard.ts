/**
 * Reads a server's clipboard messages in the place of noVNC, whose reader throws on bytes that aren't
 * UTF-8, allocates whatever size it is told, and loses its place in the stream when it only watches
 * (docs/decisions/0017-vedette-reads-the-clipboard.md). These are private methods of version 1.7.0,
 * which is pinned exactly; if they are missing, noVNC reads as before.
 */
import type RFB from '@novnc/novnc'

import { clipboardBits, decodeText, mostBytes, type Copied } from './clipboard.ts'

/** noVNC's queue of received bytes. */
type Queue = {
  rQlen(): number
  rQskipBytes(count: number): void
  rQshiftBytes(count: number): Uint8Array<ArrayBuffer>
  rQpeekBytes(count: number): Uint8Array<ArrayBuffer>
  /** Whether fewer bytes are there; then it goes back by so many. */
  rQwait(name: string, count: number, goBack?: number): boolean
}

type Inside = {
  _sock: Queue
  _viewOnly: boolean
  _clipboardText: string | null
  _normalMsg(): boolean
  _handleServerCutText(): boolean
}

/** Behind the message's type: padding and the signed length. */
const headBytes = 7
const { caps, request, peek, notify, provide } = clipboardBits

/** How long an extended message must be, flags included; undefined for one without a meaning. */
function lengthOf(actions: number, formats: number): number | undefined {
  if (actions & caps) {
    // A size for each format.
    let count = 0
    for (let bits = formats; bits > 0; bits >>= 1) count += bits & 1
    return 4 + 4 * count
  }
  return [request, peek, notify].includes(actions) ? 4 : undefined
}

/** Hands over what the instance copies from now on; call it before the first message. */
export function takeClipboard(rfb: RFB, onCopied: (copied: Copied) => void): void {
  const inside = rfb as unknown as Inside // private names; the reason is above
  const { _normalMsg: next, _handleServerCutText: former } = inside
  if (typeof next !== 'function' || typeof former !== 'function') return
  let skip = 0
  let newest = 0

  const tell = (copied: Copied | Promise<Copied>) => {
    newest += 1
    const turn = newest
    if (inside._viewOnly) return
    const report = async () => {
      const result = await Promise.resolve(copied).catch((): Copied => ({
        kind: 'unreadable',
      }))
      if (turn === newest) onCopied(result)
    }
    void report()
  }

  const skipping = () => {
    const now = Math.min(skip, inside._sock.rQlen())
    inside._sock.rQskipBytes(now)
    skip -= now
    return skip === 0
  }

  const extended = (size: number): boolean => {
    const { _sock: sock } = inside
    const message = sock.rQpeekBytes(headBytes + size)
    const flags =
      size < 4 ? 0 : new DataView(message.buffer, message.byteOffset).getUint32(7)
    const formats = flags & clipboardBits.formats
    const actions = flags & ~clipboardBits.formats
    if (lengthOf(actions, formats) === size) return former.call(rfb)
    sock.rQskipBytes(headBytes + size)
    if (actions === provide && formats & clipboardBits.text) {
      inside._clipboardText = null
      const packed = message.slice(headBytes + 4)
      tell(import('./unpack.ts').then(({ unpackText }) => unpackText(packed)))
    }
    return true
  }

  inside._normalMsg = () => (skip > 0 ? skipping() : next.call(rfb))
  inside._handleServerCutText = () => {
    const { _sock: sock } = inside
    if (sock.rQwait('clipboard', headBytes, 1)) return false
    const head = sock.rQpeekBytes(headBytes)
    const length = new DataView(head.buffer, head.byteOffset).getInt32(3)
    const size = Math.abs(length)
    if (size > mostBytes) {
      // Never kept, however long it claims to be.
      sock.rQskipBytes(headBytes)
      skip = size
      tell({ kind: 'too-long' })
      return skipping()
    }
    if (sock.rQwait('clipboard', headBytes + size, 1)) return false
    if (length < 0) return extended(size)
    sock.rQskipBytes(headBytes)
    tell({ kind: 'text', text: decodeText(sock.rQshiftBytes(size)) })
    return true
  }
}
