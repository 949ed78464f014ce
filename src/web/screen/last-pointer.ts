/** Where a viewer pointed last, read from what it sent: noVNC has no event for it. */

export type Pointer = { x: number; y: number; buttons: number }

/** The length of a viewer's message with this type; undefined for one that noVNC never sends. */
function lengthAt(view: DataView, at: number): number | undefined {
  const has = (bytes: number) => at + bytes <= view.byteLength
  switch (view.getUint8(at)) {
    case 0: // pixel format
      return 20
    case 2: // encodings
      return has(4) ? 4 + 4 * view.getUint16(at + 2) : undefined
    case 3: // update request
      return 10
    case 4: // key
      return 8
    case 5: // pointer; its highest bit announces a byte with more buttons
      return has(2) && view.getUint8(at + 1) & 0x80 ? 7 : 6
    case 6: // clipboard; negative if extended
      return has(8) ? 8 + Math.abs(view.getInt32(at + 4)) : undefined
    case 150: // continuous updates
      return 10
    case 248: // fence
      return has(9) ? 9 + view.getUint8(at + 8) : undefined
    case 250: // power
      return 4
    case 251: // size
      return has(7) ? 8 + 16 * view.getUint8(at + 6) : undefined
    case 255: // QEMU's key
      return 12
    default:
      return undefined
  }
}

/** The last pointer event among whole messages; undefined if there is none. */
export function lastPointer(bytes: Uint8Array): Pointer | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let last: Pointer | undefined
  for (let at = 0; at < bytes.length;) {
    const length = lengthAt(view, at)
    if (length === undefined || at + length > bytes.length) break
    if (view.getUint8(at) === 5)
      last = {
        buttons: view.getUint8(at + 1) & 0x7f,
        x: view.getUint16(at + 2),
        y: view.getUint16(at + 4),
      }
    at += length
  }
  return last
}
