import { useEffect, useState } from 'react'

export const graceSeconds = 10

/**
 * Ten seconds between the decision and the call, for what can't be taken back (ui.md 2). Who
 * closes the page or the question first has sent nothing.
 */
export function useGrace(send: () => void) {
  const [secondsLeft, setSecondsLeft] = useState<number>()
  useEffect(() => {
    if (secondsLeft === undefined) return
    const timer = setTimeout(() => {
      if (secondsLeft > 1) return setSecondsLeft(secondsLeft - 1)
      setSecondsLeft(undefined)
      send()
    }, 1_000)
    return () => clearTimeout(timer)
  }, [secondsLeft, send])
  return {
    /** Absent while nothing waits. */
    secondsLeft,
    begin: () => setSecondsLeft(graceSeconds),
    cancel: () => setSecondsLeft(undefined),
  }
}
