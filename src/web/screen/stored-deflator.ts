/**
 * Stands in for noVNC's packer of clipboard texts (`vite.config.ts` puts it there): the same format,
 * nothing packed. A text for a clipboard is short, and the packer was a sixth of noVNC.
 */
const longestBlock = 0xffff

/** RFC 1950's sum, which ends a stream. */
function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return high * 0x10000 + low
}

// oxlint-disable-next-line import/no-default-export -- so does what it stands in for
export default class StoredDeflator {
  /** A whole stream of stored blocks (RFC 1951, 3.2.4). */
  deflate(bytes: Uint8Array): Uint8Array {
    const blocks = Math.max(1, Math.ceil(bytes.length / longestBlock))
    const out = new Uint8Array(2 + 5 * blocks + bytes.length + 4)
    const view = new DataView(out.buffer)
    view.setUint16(0, 0x7801)
    let at = 2
    for (let block = 0; block < blocks; block += 1) {
      const piece = bytes.subarray(block * longestBlock, (block + 1) * longestBlock)
      view.setUint8(at, block === blocks - 1 ? 1 : 0)
      view.setUint16(at + 1, piece.length, true)
      view.setUint16(at + 3, piece.length ^ 0xffff, true)
      out.set(piece, at + 5)
      at += 5 + piece.length
    }
    view.setUint32(at, adler32(bytes))
    return out
  }
}
