/**
 * Schedules what a simulated machine will do later. Without viewers there are no timers: due actions
 * run, in order, when the next viewer connects.
 */
type Agenda = {
  /** Runs an action after `ms` milliseconds of the machine's time. */
  after(ms: number, act: () => void): void
  /** With watchers, timers run; without, they stop. Runs due actions in both cases. */
  watch(watched: boolean): void
  /** Runs what is due. */
  catchUp(): void
  clear(): void
}

type Entry = { due: number; act: () => void }

/** An agenda whose time runs `speed` times faster than the clock (`now`, milliseconds). */
export function createAgenda(speed: number, now = () => performance.now()): Agenda {
  const entries: Entry[] = []
  let acting: number | undefined
  let timer: NodeJS.Timeout | undefined
  let watched = false

  const arm = () => {
    clearTimeout(timer)
    timer = undefined
    const next = entries[0]
    if (!watched || !next) return
    timer = setTimeout(catchUp, Math.max(0, next.due - now()))
    timer.unref()
  }

  const catchUp = () => {
    // An action that adds another counts from its own due time, not from when it runs.
    for (let next = entries[0]; next && next.due <= now(); next = entries[0]) {
      entries.shift()
      acting = next.due
      try {
        next.act()
      } finally {
        acting = undefined
      }
    }
    arm()
  }

  return {
    after(ms, act) {
      const due = (acting ?? now()) + ms / speed
      const at = entries.findIndex((entry) => entry.due > due)
      entries.splice(at < 0 ? entries.length : at, 0, { due, act })
      if (acting === undefined) arm()
    },
    watch(isWatched) {
      watched = isWatched
      catchUp()
    },
    catchUp,
    clear() {
      entries.length = 0
      arm()
    },
  }
}
