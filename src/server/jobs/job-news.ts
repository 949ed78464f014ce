/** Tells the pages how jobs stand, each at most twice a second. */
import type { Watcher } from '../watch/watcher.ts'
import type { Time } from './job-items.ts'
import type { Run } from './job-run.ts'

const newsMs = 500

type NewsDeps = {
  watcher: Pick<Watcher, 'tellJob'>
  time: Time
  closing: AbortSignal
}

export class JobNews {
  readonly #deps: NewsDeps
  /** Jobs that pages were just told of. */
  readonly #told = new Set<Run>()
  readonly #untold = new Set<Run>()

  constructor(deps: NewsDeps) {
    this.#deps = deps
  }

  /** Tells it now, or as soon as the last news of the job is half a second old. */
  tell(run: Run): void {
    this.#untold.add(run)
    if (!this.#told.has(run)) void this.#news(run)
  }

  async #news(run: Run): Promise<void> {
    const { watcher, time, closing } = this.#deps
    this.#told.add(run)
    while (this.#untold.delete(run) && !closing.aborted) {
      watcher.tellJob(run.now)
      await time.pause(newsMs, closing)
    }
    this.#told.delete(run)
  }
}
