/**
 * Does something once noVNC has shown an update with pixels in it. Bytes alone do not tell: QEMU
 * answers first with lamps and key support. noVNC draws on the visible canvas exactly once for
 * each finished update that changed pixels (vnc.md 5.4), and in its own time for images.
 */
export function afterPainting(canvas: HTMLCanvasElement, act: () => void): void {
  const context = canvas.getContext('2d')
  if (!context) return
  context.drawImage = (...args: unknown[]) => {
    Reflect.deleteProperty(context, 'drawImage')
    Reflect.apply(context.drawImage, context, args)
    // Out of the message that noVNC is reading: it may be about to be disconnected.
    queueMicrotask(act)
  }
}
