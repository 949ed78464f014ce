/**
 * Looks whether a zone that is down, or leaves a poll without an answer, answers again: every few seconds for the
 * first minutes, beside the polls, which have more patience and longer pauses. A look that gets no answer soon is given up, so
 * that the next one isn't late.
 */
import { readAnswer, type Answer } from './reads.ts'
import type { ZoneClient } from './zone.ts'

const everyMs = 2_500
const lookMs = 2_400
const forMs = 2 * 60_000

export class Probe {
  readonly #zone: ZoneClient
  readonly #found: (answer: Answer, began: number) => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #until = 0

  /** `found` gets the first answer, and when it was asked for by `performance.now()`. */
  constructor(zone: ZoneClient, found: (answer: Answer, began: number) => Promise<void>) {
    this.#zone = zone
    this.#found = found
  }

  /** Begins after so long, unless it has begun; gives up after two minutes. */
  start(afterMs = everyMs): void {
    if (this.#until > 0) return
    this.#until = performance.now() + forMs
    this.#plan(afterMs)
  }

  #plan(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, ms)).unref()
  }

  async #look(): Promise<void> {
    const began = performance.now()
    const zone = this.#zone.on('watch', { until: began + lookMs })
    try {
      const answer = await readAnswer(zone, '/instance', false)
      if (this.#until > 0) await this.#found(answer, began)
    } catch {
      // It is as it was: the polls say why.
    }
    const now = performance.now()
    if (this.#until > now) this.#plan(began + everyMs - now)
  }

  /** Ends it; a zone that goes down once more is looked at again. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#until = 0
  }
}
