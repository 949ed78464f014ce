/** Reads a simulated screen from the pixels of its canvas. */
import type { Page } from '@playwright/test'

import {
  cellHeight,
  cellWidth,
  drawnCharacters,
  glyphOf,
} from '#sandbox/console/painted/font.ts'

const characters = new Map(
  drawnCharacters().map((character) => [[...glyphOf(character)].join(), character]),
)

/** The canvas as lines of text; `▯` stands for an unknown glyph, such as the cursor. */
export async function readScreen(page: Page): Promise<string> {
  const lines = await page
    .locator('[role=application] canvas')
    .first()
    .evaluate(
      (element, [width, height]) => {
        const canvas = element as HTMLCanvasElement // the locator names canvas
        const { data } =
          canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {}
        if (!data) return []
        const lit = (x: number, y: number) => {
          const at = 4 * (y * canvas.width + x)
          return (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) > 120 ? 1 : 0
        }
        const cell = (column: number, row: number) =>
          Array.from({ length: height }, (_, y) => {
            let byte = 0
            for (let x = 0; x < width; x += 1)
              byte = byte * 2 + lit(column * width + x, row * height + y)
            return byte
          }).join()
        return Array.from({ length: canvas.height / height }, (_, row) =>
          Array.from({ length: canvas.width / width }, (_cell, column) =>
            cell(column, row),
          ),
        )
      },
      [cellWidth, cellHeight] as const,
    )
  return lines
    .map((cells) =>
      cells
        .map((cell) => characters.get(cell) ?? '▯')
        .join('')
        .trimEnd(),
    )
    .join('\n')
}
