import { useCallback } from 'react'

import type { ConsoleConnection } from '../../screen/connection.ts'
import type { Reading } from './echo.ts'

/**
 * The screen shows keys up to a quarter of a second later (docs/vnc.md#display-updates).
 */
const looks = 8
const betweenMs = 250

/**
 * Reads the screen for up to two seconds until it matches; returns the last reading, or undefined if
 * the lens could read no text.
 */
export function useReading(
  connection: ConsoleConnection,
): (wanted: (reading: Reading) => boolean) => Promise<Reading | undefined> {
  return useCallback(
    async (wanted) => {
      const { readScreen } = await import('../lens/read-screen.ts')
      let reading: Reading | undefined
      for (let look = 0; look < looks; look += 1) {
        const frame = connection.frame()
        reading = frame && readScreen(frame)
        if (reading && wanted(reading)) return reading
        await new Promise((resolve) => {
          setTimeout(resolve, betweenMs)
        })
      }
      return reading
    },
    [connection],
  )
}
