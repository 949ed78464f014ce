// The picture that a test's viewer has of a screen: decoded from Raw and ZRLE, and read back as text
// by matching it with the painted machines' typeface.

import { constants, inflateSync } from 'node:zlib'

import {
  CELL_HEIGHT,
  CELL_WIDTH,
  drawnCharacters,
  glyphOf,
} from '../console/painted/font.ts'

const charactersByShape = new Map(
  drawnCharacters().map((character) => [glyphOf(character).join(), character]),
)

type Area = { x: number; y: number; w: number; h: number }

export class TestPicture {
  width = 0
  height = 0
  private pixels = new Uint32Array(0)
  private deflated: Buffer = Buffer.alloc(0)
  private inflatedBytes = 0

  /** The screen as lines of text; cells that match no shape (a cursor) read as blanks. */
  text(): string {
    const lines: string[] = []
    for (let row = 0; row < Math.floor(this.height / CELL_HEIGHT); row++) {
      let line = ''
      for (let column = 0; column < Math.floor(this.width / CELL_WIDTH); column++) {
        line += this.characterAt(column, row)
      }
      lines.push(line.trimEnd())
    }
    return lines.join('\n')
  }

  /** The pixels as a browser's canvas has them: red, green, blue and a full alpha. */
  data(): { data: Uint8ClampedArray; width: number; height: number } {
    const data = new Uint8ClampedArray(this.pixels.length * 4)
    this.pixels.forEach((pixel, i) =>
      data.set([(pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255, 255], i * 4),
    )
    return { data, width: this.width, height: this.height }
  }

  /** Colours on the screen and how many pixels have each. */
  colours(): Map<number, number> {
    const counts = new Map<number, number>()
    for (const pixel of this.pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
    return counts
  }

  private characterAt(column: number, row: number): string {
    const x = column * CELL_WIDTH
    const y = row * CELL_HEIGHT
    const at = (dx: number, dy: number) => this.pixels[(y + dy) * this.width + x + dx] ?? 0
    const shades = new Set<number>()
    for (let dy = 0; dy < CELL_HEIGHT; dy++) {
      for (let dx = 0; dx < CELL_WIDTH; dx++) shades.add(at(dx, dy))
    }
    if (shades.size !== 2) return ' '
    for (const ink of shades) {
      const rows = Array.from({ length: CELL_HEIGHT }, (_, dy) => {
        let bits = 0
        for (let dx = 0; dx < CELL_WIDTH; dx++) if (at(dx, dy) === ink) bits |= 0x80 >> dx
        return bits
      })
      const character = charactersByShape.get(rows.join())
      if (character !== undefined) return character
    }
    return ' '
  }

  resize(width: number, height: number): void {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
  }

  paintRaw(bytes: Buffer, { x, y, w, h }: Area): void {
    for (let i = 0; i < w * h; i++)
      this.set(x + (i % w), y + Math.floor(i / w), bytes.readUInt32LE(i * 4))
  }

  private set(x: number, y: number, pixel: number): void {
    this.pixels[y * this.width + x] = pixel & 0xffffff
  }

  /** One zlib stream for the whole connection: all of it so far, less what was read before. */
  private inflate(bytes: Buffer): Buffer {
    this.deflated = Buffer.concat([this.deflated, bytes])
    const all = inflateSync(this.deflated, { finishFlush: constants.Z_SYNC_FLUSH })
    const fresh = all.subarray(this.inflatedBytes)
    this.inflatedBytes = all.length
    return fresh
  }

  paintZrle(deflated: Buffer, area: Area): void {
    const bytes = this.inflate(deflated)
    let at = 0
    for (let ty = 0; ty < area.h; ty += 64) {
      for (let tx = 0; tx < area.w; tx += 64) {
        const w = Math.min(64, area.w - tx)
        const h = Math.min(64, area.h - ty)
        const size = bytes[at++] ?? 0
        if (size < 1 || size > 16) throw new Error(`unexpected tile ${size}`)
        const colours = Array.from({ length: size }, (_, i) =>
          bytes.readUIntLE(at + i * 3, 3),
        )
        at += size * 3
        const bits = size === 1 ? 0 : size === 2 ? 1 : size <= 4 ? 2 : 4
        const stride = Math.ceil((w * bits) / 8)
        for (let i = 0; i < w * h; i++) {
          const column = i % w
          const row = Math.floor(i / w)
          const byte = bytes[at + row * stride + ((column * bits) >> 3)] ?? 0
          const index = (byte >> (8 - bits - ((column * bits) & 7))) & ((1 << bits) - 1)
          this.set(area.x + tx + column, area.y + ty + row, colours[index] ?? 0)
        }
        at += stride * h
      }
    }
  }
}
