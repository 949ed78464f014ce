import type { Rectangle } from './painting.ts'

/** What is counted. */
const windowMs = 10_000
/** The same one again and again won't get better, nor will many different ones. */
const mostOfOne = 3
const mostOfAll = 20
/** How long the answer may take until the area counts as lost. */
const patienceMs = 7_000

/** Decides how often an area that could not be drawn is requested again, so that it ends. */
export class LeftOutAreas {
  #past: { key: string; at: number }[] = []
  #owedSince = 0
  /** The message with the image itself is acted on after this, and is no answer. */
  #isNew = false

  /** Whether it is worth to ask for it again. */
  isWorthAsking({ x, y, width, height }: Rectangle, now: number): boolean {
    const key = [x, y, width, height].join()
    this.#past = this.#past.filter(({ at }) => now - at < windowMs)
    this.#past.push({ key, at: now })
    this.#owedSince ||= now
    this.#isNew = true
    const same = this.#past.filter((one) => one.key === key).length
    return same < mostOfOne && this.#past.length < mostOfAll
  }

  /** A message was acted on. A server answers in order: what came after the question may be its answer. */
  answered(): void {
    if (!this.#isNew) this.#owedSince = 0
    this.#isNew = false
  }

  /** Whether an area was left out and never came. */
  isLost(now: number): boolean {
    return this.#owedSince > 0 && now - this.#owedSince > patienceMs
  }
}
