import { useEffect, useLayoutEffect, useRef, useState } from 'react'

import { runGrace } from './grace.ts'

/**
 * Ten seconds between the decision and the request, for what can't be undone. Closing the page
 * or the dialog before then sends nothing, and rendering the dialog again delays nothing.
 */
export function useGrace(send: () => void) {
  const [secondsLeft, setSecondsLeft] = useState<number>()
  const latest = useRef(send)
  const callOff = useRef<() => void>(undefined)
  useLayoutEffect(() => {
    latest.current = send
  })
  // The clock is outside React.
  useEffect(() => () => callOff.current?.(), [])
  return {
    /** Absent while no countdown runs. */
    secondsLeft,
    begin: () => {
      callOff.current?.()
      callOff.current = runGrace(setSecondsLeft, () => {
        setSecondsLeft(undefined)
        latest.current()
      })
    },
    cancel: () => {
      callOff.current?.()
      setSecondsLeft(undefined)
    },
  }
}
