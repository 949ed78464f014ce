/**
 * Calls back once noVNC has shown an update with pixels. Bytes alone don't prove it: QEMU
 * first sends lights and key support. noVNC draws on the visible canvas exactly once for
 * each finished update that changed pixels, and later for encoded images
 * (docs/vnc.md#the-first-image).
 */
/** A probe's answer is one pixel, or the row of a block of QEMU's: it shows nothing yet. */
function isProbe([, , , width, height]: unknown[], canvas: HTMLCanvasElement): boolean {
  return height === 1 && Number(width) <= 16 && canvas.height > 1
}

export function afterPainting(canvas: HTMLCanvasElement, act: () => void): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const draw = context.drawImage
  context.drawImage = (...args: unknown[]) => {
    Reflect.apply(draw, context, args)
    if (isProbe(args, canvas)) return
    Reflect.deleteProperty(context, 'drawImage')
    // Out of the message that noVNC is reading: it may be about to be disconnected.
    queueMicrotask(act)
  }
}
