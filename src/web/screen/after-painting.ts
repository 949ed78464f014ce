/**
 * Calls back once noVNC has shown an update with pixels. Bytes alone don't prove it: QEMU
 * first sends lights and key support. noVNC draws on the visible canvas exactly once for
 * each finished update that changed pixels, and later for encoded images
 * (docs/vnc.md#the-first-image).
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
