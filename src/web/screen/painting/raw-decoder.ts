/**
 * Decodes raw pixels, as many lines at once as have arrived. noVNC paints line by line, and shows the wrong
 * bytes while an image before them is being decoded (findings/novnc-raw-after-an-image.sh).
 */
type Source = {
  rQlen(): number
  /** Without a copy, what it answers is a part of the source's own buffer. */
  rQshiftBytes(length: number, copy: boolean): Uint8Array
}

type Canvas = {
  /** Whether an image is being decoded; then what is painted waits for it. */
  pending(): boolean
  blitImage(
    x: number,
    y: number,
    width: number,
    height: number,
    pixels: Uint8Array,
    offset: number,
  ): void
}

export type RectangleDecoder = {
  /** Whether all of the rectangle has come; what is missing comes with the next calls. */
  decodeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    source: Source,
    canvas: Canvas,
    depth: number,
  ): boolean
}

/** Painted at once; a line is painted even if it is longer. */
const mostBytes = 1_024 * 1_024

export class RawDecoder implements RectangleDecoder {
  readonly #shallow: RectangleDecoder
  #linesLeft = 0

  /** `shallow` decodes pixels of 8 bits. */
  constructor(shallow: RectangleDecoder) {
    this.#shallow = shallow
  }

  decodeRect(
    ...all: Parameters<RectangleDecoder['decodeRect']>
  ): ReturnType<RectangleDecoder['decodeRect']> {
    const [x, y, width, height, source, canvas, depth] = all
    if (depth === 8) return this.#shallow.decodeRect(...all)
    if (width === 0 || height === 0) return true
    if (this.#linesLeft === 0) this.#linesLeft = height
    const lineBytes = 4 * width
    const mostLines = Math.max(1, Math.floor(mostBytes / lineBytes))
    while (this.#linesLeft > 0) {
      const come = Math.floor(source.rQlen() / lineBytes)
      const lines = Math.min(this.#linesLeft, come, mostLines)
      if (lines === 0) return false
      // noVNC looks for pixels that have to wait at the beginning of their buffer.
      const pixels = source.rQshiftBytes(lines * lineBytes, canvas.pending())
      for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255
      canvas.blitImage(x, y + height - this.#linesLeft, width, lines, pixels, 0)
      this.#linesLeft -= lines
    }
    return true
  }
}
