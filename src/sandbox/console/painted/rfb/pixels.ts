/**
 * Encodes cells as the bytes of an RFB rectangle: first palette numbers, one byte per pixel, then Raw
 * or ZRLE in the true-color format of the viewer.
 */
import { constants, deflateRawSync } from 'node:zlib'

import { cellHeight, cellWidth, glyphOf } from '../font.ts'
import { characterIn, inkIn, palette, paperIn, type Cells } from '../screen.ts'

/** In cells. */
export type Area = { column: number; row: number; columns: number; rows: number }

/** As in SetPixelFormat; true color only. */
export type PixelFormat = {
  bitsPerPixel: 8 | 16 | 32
  depth: number
  bigEndian: boolean
  max: readonly [number, number, number]
  shift: readonly [number, number, number]
}

/** The announced format: 32 bits, little-endian, blue in the lowest byte. */
export const nativeFormat: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  bigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
}

/** The bytes of each palette color, as pixels and as ZRLE's compact pixels. */
export type Paints = { pixels: Buffer[]; compact: Buffer[] }

/** The sixteen colors in a viewer's pixel format (RFC 6143, 7.4 and 7.7.5). */
export function paintsIn(format: PixelFormat): Paints {
  const pixels = palette.map((rgb) => {
    const value = rgb.reduce((sum, level, channel) => {
      const max = format.max[channel] ?? 0
      return sum + Math.round((level * max) / 255) * 2 ** (format.shift[channel] ?? 0)
    }, 0)
    const bytes = Buffer.alloc(format.bitsPerPixel / 8)
    if (format.bigEndian) bytes.writeUIntBE(value, 0, bytes.length)
    else bytes.writeUIntLE(value, 0, bytes.length)
    return bytes
  })
  return { pixels, compact: pixels.map((bytes) => compactPixel(bytes, format)) }
}

// A 32-bit pixel whose color fits three bytes is sent without the fourth.
function compactPixel(bytes: Buffer, format: PixelFormat): Buffer {
  if (format.bitsPerPixel !== 32 || format.depth > 24) return bytes
  const top = Math.max(
    ...format.max.map((max, i) => Math.log2(max + 1) + (format.shift[i] ?? 0)),
  )
  const bottom = Math.min(...format.shift)
  if (top <= 24) return format.bigEndian ? bytes.subarray(1) : bytes.subarray(0, 3)
  if (bottom >= 8) return format.bigEndian ? bytes.subarray(0, 3) : bytes.subarray(1)
  return bytes
}

/** Palette numbers of an area of cells, row by row. */
export function paintCells({ cells, columns }: Cells, area: Area): Uint8Array {
  const width = area.columns * cellWidth
  const indexes = new Uint8Array(width * area.rows * cellHeight)
  for (let row = 0; row < area.rows; row++) {
    for (let column = 0; column < area.columns; column++) {
      const cell = cells[(area.row + row) * columns + area.column + column] ?? 0
      const glyph = glyphOf(characterIn(cell))
      const ink = inkIn(cell)
      const paper = paperIn(cell)
      let at = row * cellHeight * width + column * cellWidth
      for (const bits of glyph) {
        for (let x = 0; x < cellWidth; x++)
          indexes[at + x] = bits & (0x80 >> x) ? ink : paper
        at += width
      }
    }
  }
  return indexes
}

/** Raw encoding: the pixels themselves. */
export function encodeRaw(indexes: Uint8Array, paints: Paints): Buffer {
  const size = paints.pixels[0]?.length ?? 4
  const bytes = Buffer.allocUnsafe(indexes.length * size)
  let at = 0
  for (const index of indexes) {
    const pixel = paints.pixels[index] ?? Buffer.alloc(size)
    for (let i = 0; i < size; i++) bytes[at++] = pixel[i] ?? 0
  }
  return bytes
}

const tileSize = 64

/**
 * ZRLE encoding (RFC 6143, 7.7.6) without its length word. The viewer has one zlib stream for the
 * whole connection; `first` adds its two header bytes. Every rectangle is deflated separately up to
 * a flush. This is a valid continuation, because it refers to no earlier data, and needs no
 * compressor per viewer.
 */
export function encodeZrle(
  indexes: Uint8Array,
  width: number,
  paints: Paints,
  first: boolean,
): Buffer {
  const height = indexes.length / width
  const parts: Buffer[] = []
  for (let y = 0; y < height; y += tileSize) {
    for (let x = 0; x < width; x += tileSize) {
      const tile = {
        x,
        y,
        w: Math.min(tileSize, width - x),
        h: Math.min(tileSize, height - y),
      }
      parts.push(encodeTile(indexes, width, tile, paints))
    }
  }
  const deflated = deflateRawSync(Buffer.concat(parts), {
    level: 3,
    finishFlush: constants.Z_SYNC_FLUSH,
  })
  return first ? Buffer.concat([Buffer.of(0x78, 0x01), deflated]) : deflated
}

type Tile = { x: number; y: number; w: number; h: number }

function encodeTile(
  indexes: Uint8Array,
  width: number,
  tile: Tile,
  paints: Paints,
): Buffer {
  const places = new Map<number, number>()
  for (let y = tile.y; y < tile.y + tile.h; y++) {
    for (let x = tile.x; x < tile.x + tile.w; x++) {
      const index = indexes[y * width + x] ?? 0
      if (!places.has(index)) places.set(index, places.size)
    }
  }
  const colours = [...places.keys()].map(
    (index) => paints.compact[index] ?? Buffer.alloc(0),
  )
  const head = Buffer.concat([Buffer.of(colours.length), ...colours])
  if (colours.length === 1) return head

  const bits = colours.length === 2 ? 1 : colours.length <= 4 ? 2 : 4
  const stride = Math.ceil((tile.w * bits) / 8)
  const packed = Buffer.alloc(stride * tile.h)
  for (let y = 0; y < tile.h; y++) {
    for (let x = 0; x < tile.w; x++) {
      const place = places.get(indexes[(tile.y + y) * width + tile.x + x] ?? 0) ?? 0
      const at = y * stride + ((x * bits) >> 3)
      packed[at] = (packed[at] ?? 0) | (place << (8 - bits - ((x * bits) & 7)))
    }
  }
  return Buffer.concat([head, packed])
}
