export type Size = { width: number; height: number }

/** RFB's SetDesktopSize: one screen of this size, at 0, 0. */
export function sizeMessage(
  { width, height }: Size,
  screen: { id: number; flags: number },
): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(24)
  const view = new DataView(message.buffer)
  view.setUint8(0, 251)
  view.setUint16(2, width)
  view.setUint16(4, height)
  view.setUint8(6, 1)
  view.setUint32(8, screen.id)
  view.setUint16(16, width)
  view.setUint16(18, height)
  view.setUint32(20, screen.flags)
  return message
}
