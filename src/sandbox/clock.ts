/** Keeps the sandbox's time: the real time, except that durations are `speed` times shorter. */
export type Clock = {
  now(): number
  /** Runs `work` after `ms` of sandbox time; never keeps the process alive. */
  later(ms: number, work: () => void): void
  close(): void
}

/** RFC 3339 without a fraction, as Exoscale writes times (docs/platform.md#units). */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '')
}

export function createClock(speed: number): Clock {
  const timers = new Set<NodeJS.Timeout>()
  return {
    now: () => Date.now(),
    later(ms, work) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, ms / speed)
      timer.unref()
      timers.add(timer)
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
