/**
 * Tells Vedette's server that a person looks at a screen, and hears who else does
 * (docs/decisions/0018-a-screen-in-use.md). A failure changes nothing on the screen: the next
 * time will do.
 */
import { VIEWER_HEADER, type OtherViewer } from '#contract/console.ts'

import { pageName, randomDigits } from '../../api/page.ts'

const everyMs = 20_000

export class Sitting {
  /** Names this view of the screen; of its tickets, too. */
  readonly key = pageName + randomDigits(16)
  readonly #path: string
  readonly #onOthers: (others: OtherViewer[]) => void
  #timer = 0
  #sits = false

  constructor(
    { zone, id }: { zone: string; id: string },
    onOthers: (others: OtherViewer[]) => void,
  ) {
    this.#path = `/api/zones/${encodeURIComponent(zone)}/viewers/${encodeURIComponent(id)}`
    this.#onOthers = onOthers
  }

  async #say(left: boolean): Promise<void> {
    try {
      const response = await fetch(this.#path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-vedette': '1',
          [VIEWER_HEADER]: this.key,
        },
        body: JSON.stringify(left ? { left } : {}),
        // It is also said while the page goes away.
        keepalive: true,
      })
      if (!response.ok || !this.#sits) return
      // The contract's shape, from Vedette's own server.
      const { others } = (await response.json()) as { others: OtherViewer[] }
      this.#onOthers(others)
    } catch {
      // Said again soon.
    }
  }

  /** The screen is open; may be called again. */
  begin(): void {
    clearInterval(this.#timer)
    this.#sits = true
    this.#timer = window.setInterval(() => void this.#say(false), everyMs)
    void this.#say(false)
  }

  /** An address was requested, which the server knows by itself. */
  expected(): void {
    this.#sits = true
  }

  /** The person no longer looks, or the page goes away. */
  end(): void {
    clearInterval(this.#timer)
    if (!this.#sits) return
    this.#sits = false
    void this.#say(true)
  }
}
