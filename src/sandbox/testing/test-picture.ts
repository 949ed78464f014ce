/**
 * Keeps the screen's image in a test's viewer: it decodes Raw and ZRLE, and reads the
 * text by matching the font of the simulated screens.
 */
import { constants, inflateRawSync } from 'node:zlib'

import { cellHeight, cellWidth, drawnCharacters, glyphOf } from '../console/painted/font.ts'

const charactersByShape = new Map(
  drawnCharacters().map((character) => [glyphOf(character).join(), character]),
)

/** How far back a deflate stream may refer, in bytes. */
const windowBytes = 32 * 1024
const zlibHeaderBytes = 2
const tileSize = 64

type Area = { x: number; y: number; w: number; h: number }

export class TestPicture {
  width = 0
  height = 0
  #pixels = new Uint32Array(0)
  /** The text of each row of cells; undefined where pixels have changed since it was read. */
  #lines: (string | undefined)[] = []
  #deflateBegun = false
  #lastInflated: Buffer = Buffer.alloc(0)

  /** The screen as lines of text; cells that match no shape (a cursor) read as blanks. */
  text(): string {
    for (let row = 0; row < this.#lines.length; row++) {
      this.#lines[row] ??= this.#readLine(row)
    }
    return this.#lines.join('\n')
  }

  /** The pixels as a browser's canvas has them: red, green, blue and a full alpha. */
  data(): { data: Uint8ClampedArray; width: number; height: number } {
    const data = new Uint8ClampedArray(this.#pixels.length * 4)
    this.#pixels.forEach((pixel, i) =>
      data.set([(pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255, 255], i * 4),
    )
    return { data, width: this.width, height: this.height }
  }

  /** The colors on the screen (0xRRGGBB), and how many pixels have each. */
  colours(): Map<number, number> {
    const counts = new Map<number, number>()
    for (const pixel of this.#pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
    return counts
  }

  /** Changes the size in pixels; the screen is black until something is painted. */
  resize(width: number, height: number): void {
    this.width = width
    this.height = height
    this.#pixels = new Uint32Array(width * height)
    this.#lines = Array.from({ length: Math.floor(height / cellHeight) })
  }

  /** Paints a rectangle of 32-bit little-endian pixels, row by row. */
  paintRaw(bytes: Buffer, { x, y, w, h }: Area): void {
    for (let i = 0; i < w * h; i++)
      this.#set(x + (i % w), y + Math.floor(i / w), bytes.readUInt32LE(i * 4))
  }

  /** Paints a ZRLE rectangle; `deflated` is its part of the connection's one zlib stream. */
  paintZrle(deflated: Buffer, area: Area): void {
    const bytes = this.#inflate(deflated)
    let at = 0
    for (let top = 0; top < area.h; top += tileSize) {
      for (let left = 0; left < area.w; left += tileSize) {
        at += this.#paintTile(bytes.subarray(at), {
          x: area.x + left,
          y: area.y + top,
          w: Math.min(tileSize, area.w - left),
          h: Math.min(tileSize, area.h - top),
        })
      }
    }
  }

  /** Paints one tile of palette indexes, and returns how many bytes it took. */
  #paintTile(bytes: Buffer, { x, y, w, h }: Area): number {
    const size = bytes[0] ?? 0
    if (size < 1 || size > 16) throw new Error(`unexpected tile ${size}`)
    const colours = Array.from({ length: size }, (_, i) => bytes.readUIntLE(1 + i * 3, 3))
    const start = 1 + size * 3
    const bits = size === 1 ? 0 : size === 2 ? 1 : size <= 4 ? 2 : 4
    const stride = Math.ceil((w * bits) / 8)
    for (let row = 0; row < h; row++) {
      for (let column = 0; column < w; column++) {
        const byte = bytes[start + row * stride + ((column * bits) >> 3)] ?? 0
        const index = (byte >> (8 - bits - ((column * bits) & 7))) & ((1 << bits) - 1)
        this.#set(x + column, y + row, colours[index] ?? 0)
      }
    }
    return start + stride * h
  }

  /**
   * Continues the connection's zlib stream. Each rectangle ends at a byte boundary (RFC 6143,
   * 7.7.6), so that it can be inflated alone with the last 32 KiB as a dictionary.
   */
  #inflate(bytes: Buffer): Buffer {
    const part = this.#deflateBegun ? bytes : bytes.subarray(zlibHeaderBytes)
    this.#deflateBegun = true
    const fresh = inflateRawSync(part, {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(this.#lastInflated.length > 0 ? { dictionary: this.#lastInflated } : {}),
    })
    this.#lastInflated = Buffer.concat([this.#lastInflated, fresh]).subarray(-windowBytes)
    return fresh
  }

  #set(x: number, y: number, pixel: number): void {
    const at = y * this.width + x
    const colour = pixel & 0xffffff
    if (this.#pixels[at] === colour) return
    this.#pixels[at] = colour
    const row = Math.floor(y / cellHeight)
    if (row < this.#lines.length) this.#lines[row] = undefined
  }

  #readLine(row: number): string {
    let line = ''
    for (let column = 0; column < Math.floor(this.width / cellWidth); column++) {
      line += this.#characterAt(column, row)
    }
    return line.trimEnd()
  }

  #characterAt(column: number, row: number): string {
    const x = column * cellWidth
    const y = row * cellHeight
    const at = (dx: number, dy: number) => this.#pixels[(y + dy) * this.width + x + dx] ?? 0
    const shades = new Set<number>()
    for (let dy = 0; dy < cellHeight; dy++) {
      for (let dx = 0; dx < cellWidth; dx++) shades.add(at(dx, dy))
    }
    if (shades.size !== 2) return ' '
    for (const ink of shades) {
      const rows = Array.from({ length: cellHeight }, (_, dy) => {
        let bits = 0
        for (let dx = 0; dx < cellWidth; dx++) if (at(dx, dy) === ink) bits |= 0x80 >> dx
        return bits
      })
      const character = charactersByShape.get(rows.join())
      if (character !== undefined) return character
    }
    return ' '
  }
}
