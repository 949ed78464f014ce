import { useEffect, useState } from 'react'

export const graceSeconds = 10

/**
 * Ten seconds between the decision and the request, for what can't be undone. Closing the page
 * or the dialog before then sends nothing.
 */
export function useGrace(send: () => void) {
  const [secondsLeft, setSecondsLeft] = useState<number>()
  // The clock is outside React.
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
    /** Absent while no countdown runs. */
    secondsLeft,
    begin: () => setSecondsLeft(graceSeconds),
    cancel: () => setSecondsLeft(undefined),
  }
}
