/**
 * Counts the seconds between a decision and its request. The moment of the request is fixed when
 * the countdown begins: nothing that a page renders or learns in that time moves it.
 */

export const graceSeconds = 10

/**
 * Calls `tell` with the seconds that are left, and `send` once, when none is; returns a function that cancels. `now` is the page's own clock, which can't be set.
 */
export function runGrace(
  tell: (secondsLeft: number) => void,
  send: () => void,
  now: () => number = () => performance.now(),
): () => void {
  const endsAt = now() + graceSeconds * 1_000
  let timer: ReturnType<typeof setTimeout>
  const step = () => {
    const leftMs = endsAt - now()
    if (leftMs <= 0) return send()
    const secondsLeft = Math.ceil(leftMs / 1_000)
    tell(secondsLeft)
    timer = setTimeout(step, leftMs - (secondsLeft - 1) * 1_000)
  }
  step()
  return () => clearTimeout(timer)
}
