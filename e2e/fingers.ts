/** Fingers on a page, by the browser's own touch input. */
import type { CDPSession, Page } from '@playwright/test'

type Point = { x: number; y: number }

export class Fingers {
  readonly #client: CDPSession

  private constructor(client: CDPSession) {
    this.#client = client
  }

  static async of(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page))
  }

  async touch(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: Point[],
  ): Promise<void> {
    const touchPoints = points.map((point, id) => ({ ...point, id }))
    await this.#client.send('Input.dispatchTouchEvent', { type, touchPoints })
  }

  async tap(...points: Point[]): Promise<void> {
    await this.touch('touchStart', points)
    await this.touch('touchEnd', [])
  }

  /** Down at the first places, over the others, and up. */
  async move(...path: Point[][]): Promise<void> {
    for (const [at, points] of path.entries())
      await this.touch(at === 0 ? 'touchStart' : 'touchMove', points)
    await this.touch('touchEnd', [])
  }

  /** What an input method shows while it composes, and what it settles on. */
  async compose(...steps: string[]): Promise<void> {
    for (const text of steps)
      await this.#client.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
    await this.#client.send('Input.insertText', { text: steps.at(-1) ?? '' })
  }
}
