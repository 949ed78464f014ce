/**
 * Calls what waits to be told together, at most every 100 ms. A wall is laid out and drawn again when a
 * screenshot comes, which costs as much for one as for all that came in the meantime.
 */
const pauseMs = 100

const waiting = new Set<() => void>()
let toldAt = -pauseMs
let timer = 0

function tell(): void {
  timer = 0
  toldAt = performance.now()
  const calls = [...waiting]
  waiting.clear()
  for (const call of calls) call()
}

/** Calls `call` soon, once for all requests until then. */
export function tellTogether(call: () => void): void {
  waiting.add(call)
  timer ||= setTimeout(tell, Math.max(0, toldAt + pauseMs - performance.now()))
}
