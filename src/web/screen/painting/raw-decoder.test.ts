import { expect, test } from 'vitest'

import { RawDecoder } from './raw-decoder.ts'

/** A source that gets its bytes in pieces, and a screen that keeps what is painted. */
class Screen {
  readonly pixels: Uint8Array
  readonly #width: number
  readonly #bytes: Uint8Array
  #read = 0
  come = 0
  paints = 0
  isPending = false

  constructor(width: number, height: number, bytes: Uint8Array) {
    this.#width = width
    this.pixels = new Uint8Array(4 * width * height)
    this.#bytes = bytes
  }

  rQlen(): number {
    return this.come - this.#read
  }

  rQshiftBytes(length: number, copy: boolean): Uint8Array {
    this.#read += length
    const bytes = this.#bytes.subarray(this.#read - length, this.#read)
    return copy ? bytes.slice() : bytes
  }

  pending(): boolean {
    return this.isPending
  }

  blitImage(x: number, y: number, width: number, height: number, from: Uint8Array): void {
    this.paints += 1
    // As noVNC copies pixels that have to wait.
    if (this.isPending) from = new Uint8Array(from.buffer, 0, 4 * width * height)
    for (let line = 0; line < height; line += 1)
      this.pixels.set(
        from.subarray(4 * width * line, 4 * width * (line + 1)),
        4 * ((y + line) * this.#width + x),
      )
  }
}

const shallow = { decodeRect: () => true }

test('however the bytes come, each pixel is painted once, and opaque', () => {
  const [width, height] = [37, 23]
  const bytes = Uint8Array.from(
    { length: 4 * width * height },
    (_none, at) => (at * 31) % 251,
  )
  const opaque = bytes.map((byte, at) => (at % 4 === 3 ? 255 : byte))
  for (const piece of [1, 7, 147, 148, 149, 1_000, bytes.length]) {
    const screen = new Screen(width, height, bytes.slice())
    screen.isPending = piece % 2 === 1
    const decoder = new RawDecoder(shallow)
    let isWhole = false
    while (!isWhole) {
      expect(screen.come, `in pieces of ${piece}`).toBeLessThan(bytes.length)
      screen.come = Math.min(bytes.length, screen.come + piece)
      isWhole = decoder.decodeRect(0, 0, width, height, screen, screen, 24)
    }
    expect(screen.pixels).toEqual(opaque)
    // The next rectangle begins at its first line.
    expect(screen.paints).toBe(Math.min(height, Math.ceil(bytes.length / piece)))
  }
})

test('a rectangle lies where it belongs, and one without pixels is whole', () => {
  const screen = new Screen(8, 8, new Uint8Array(4 * 2 * 3).fill(9))
  const decoder = new RawDecoder(shallow)
  expect(decoder.decodeRect(0, 0, 0, 5, screen, screen, 24)).toBe(true)
  screen.come = 24
  expect(decoder.decodeRect(5, 4, 2, 3, screen, screen, 24)).toBe(true)
  const painted = [...screen.pixels.keys()].filter((at) => screen.pixels[at] === 255)
  expect(painted.map((at) => [((at - 3) / 4) % 8, Math.floor(at / 32)])).toEqual([
    [5, 4],
    [6, 4],
    [5, 5],
    [6, 5],
    [5, 6],
    [6, 6],
  ])
})

test('pixels of 8 bits are decoded by noVNC', () => {
  const asked: unknown[] = []
  const decoder = new RawDecoder({
    decodeRect: (...all) => {
      asked.push(all)
      return false
    },
  })
  const screen = new Screen(8, 8, new Uint8Array(64))
  expect(decoder.decodeRect(1, 2, 3, 4, screen, screen, 8)).toBe(false)
  expect(asked).toEqual([[1, 2, 3, 4, screen, screen, 8]])
})
