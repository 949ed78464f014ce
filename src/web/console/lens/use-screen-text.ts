import { useEffect, useState } from 'react'

import type { ConsoleConnection } from '../../screen/connection.ts'
import { readScreen, type ScreenText } from './read-screen.ts'

/** Reading takes milliseconds; people don't read more often than this. */
const restMs = 150

const same = (a: ScreenText | null | undefined, b: ScreenText | null) =>
  a === b ||
  (!!a && !!b && a.columns === b.columns && a.lines.join('\n') === b.lines.join('\n'))

/**
 * The screen's present text: undefined before it was read, null for a graphical screen. It is read
 * again after the screen was painted, but not more often than necessary.
 */
export function useScreenText(
  connection: ConsoleConnection,
): ScreenText | null | undefined {
  const [text, setText] = useState<ScreenText | null>()
  // The screen is outside React.
  useEffect(() => {
    let timer = 0
    let pending = false
    const read = () => {
      const frame = connection.frame()
      if (!frame) return
      const next = readScreen(frame) ?? null
      setText((now) => (same(now, next) ? now : next))
    }
    const rest = () => {
      timer = window.setTimeout(() => {
        timer = 0
        if (!pending) return
        pending = false
        read()
        rest()
      }, restMs)
    }
    const onPaint = () => {
      if (timer) {
        pending = true
        return
      }
      read()
      rest()
    }
    read()
    const stop = connection.taps.painted.on(onPaint)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [connection])
  return text
}
