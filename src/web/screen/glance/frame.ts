/**
 * Makes a scaled-down screenshot. Screenshots are compared block by block: equal ones aren't painted
 * again, and a blinking cursor doesn't count as a change.
 */
export type Frame = {
  /** Painted once; to be drawn elsewhere, never changed. */
  picture: HTMLCanvasElement
  /** When it was on the screen, epoch ms. */
  at: number
  /** The screen's size in pixels. */
  size: { width: number; height: number }
  /** A number for each block of the image. */
  blocks: Uint32Array
}

/** Pixels on each side of a block. */
const block = 16
/** A cursor lies on four blocks at most. */
const cursorBlocks = 4

/** The numbers of the blocks, row by row: FNV-1a over the colors of their pixels. */
export function blocksOf(pixels: Uint32Array, width: number): Uint32Array {
  const height = pixels.length / width
  const across = Math.ceil(width / block)
  const blocks = new Uint32Array(across * Math.ceil(height / block)).fill(0x811c9dc5)
  let pixel = 0
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / block) * across
    for (let left = 0; left < width; left += block) {
      const at = row + left / block
      const end = pixel + Math.min(block, width - left)
      let sum = blocks[at] ?? 0
      for (; pixel < end; pixel += 1)
        sum = Math.imul(sum ^ (pixels[pixel] ?? 0), 0x01000193)
      blocks[at] = sum
    }
  }
  return blocks
}

/** How much an image differs from the one before. */
type Change = 'none' | 'little' | 'much'

export function changeOf(before: Uint32Array, after: Uint32Array): Change {
  if (before.length !== after.length) return 'much'
  let changed = 0
  for (let at = 0; at < after.length; at += 1) if (before[at] !== after[at]) changed += 1
  if (changed === 0) return 'none'
  return changed > cursorBlocks ? 'much' : 'little'
}

/** Scales a canvas down to `width`, or keeps its size if it is smaller. */
export function frameOf(screen: HTMLCanvasElement, width: number): Frame {
  const size = { width: screen.width, height: screen.height }
  const picture = document.createElement('canvas')
  picture.width = Math.min(width, size.width)
  picture.height = Math.max(1, Math.round((size.height / size.width) * picture.width))
  // It is read at once, so it stays in main memory instead of the graphics card.
  const context = picture.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser doesn’t support canvas.')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(screen, 0, 0, picture.width, picture.height)
  const { data } = context.getImageData(0, 0, picture.width, picture.height)
  const blocks = blocksOf(new Uint32Array(data.buffer), picture.width)
  return { picture, at: Date.now(), size, blocks }
}
