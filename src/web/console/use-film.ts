/** Records the screen as a video, which is saved when it is stopped or the page is left. */
import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import type { Row } from '../api/inventory.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

export type Filming = {
  /** Since the start of the video; undefined while there is none. */
  seconds: number | undefined
  disabledReason: string | null
  start: () => void
  stop: () => void
}

export function useFilm(connection: ConsoleConnection, row: Row | undefined): Filming {
  const { t } = useLingui()
  const [seconds, setSeconds] = useState<number>()
  const running = useRef<() => Promise<void>>(undefined)
  const mounted = useRef(true)

  const stop = () => {
    void running.current?.()
    running.current = undefined
    setSeconds(undefined)
  }
  const start = async () => {
    const { filmToFile } = await import('./film-file.ts')
    if (!mounted.current || running.current) return
    running.current = row && filmToFile(connection, row)
    if (!running.current) return
    setSeconds(0)
  }

  const runs = seconds !== undefined
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setSeconds((now) => (now ?? 0) + 1), 1_000)
    return () => clearInterval(timer)
  }, [runs])
  // The video is also saved when the person goes to another page.
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
      void running.current?.()
      running.current = undefined
    }
  }, [])

  const disabledReason =
    typeof MediaRecorder === 'undefined' ? t`This browser can’t record.` : null
  return { seconds, disabledReason, start: () => void start(), stop }
}
