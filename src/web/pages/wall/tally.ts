/** The outcome of each tile's screenshot, counted outside React, so that a screenshot renders one line and not the grid. */
export type TileStatus = 'live' | 'loading' | 'starting' | 'paused' | 'failed' | 'unseen'

type Counts = Record<TileStatus, number>

const none: Counts = {
  live: 0,
  loading: 0,
  starting: 0,
  paused: 0,
  failed: 0,
  unseen: 0,
}

export class Tally {
  readonly #statuses = new Map<string, TileStatus>()
  readonly #listeners = new Set<() => void>()
  #counts = none

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): Counts => this.#counts

  /** Called by a tile with its state; undefined when it is unmounted. */
  tell(key: string, status: TileStatus | undefined): void {
    if (this.#statuses.get(key) === status) return
    if (status) this.#statuses.set(key, status)
    else this.#statuses.delete(key)
    const counts = { ...none }
    for (const one of this.#statuses.values()) counts[one] += 1
    this.#counts = counts
    for (const listener of this.#listeners) listener()
  }
}
