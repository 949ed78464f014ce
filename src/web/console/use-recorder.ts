import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import type { Row } from '../api/inventory.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import type { Recording } from '../screen/recording/film.ts'
import { download, pictureName } from './picture-file.ts'

export type Recorder = {
  /** Since it began; undefined while nothing is recorded. */
  seconds: number | undefined
  disabledReason: string | null
  start: () => void
  stop: () => void
}

/** A film of the screen, which becomes a file when it is stopped or the page is left. */
export function useRecorder(connection: ConsoleConnection, row: Row | undefined): Recorder {
  const { t } = useLingui()
  const [seconds, setSeconds] = useState<number>()
  const running = useRef<{ recording: Recording; save: (blob: Blob) => void }>(undefined)
  const here = useRef(true)

  const stop = () => {
    const now = running.current
    running.current = undefined
    setSeconds(undefined)
    if (now) void now.recording.stop().then(now.save)
  }
  const start = async () => {
    const { record } = await import('../screen/recording/film.ts')
    if (!here.current || running.current) return
    const recording = row && record(connection)
    if (!recording) return
    const name = pictureName(row, new Date()).replace(/png$/, 'webm')
    running.current = { recording, save: (blob) => download(blob, name) }
    setSeconds(0)
  }

  const runs = seconds !== undefined
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setSeconds((now) => (now ?? 0) + 1), 1_000)
    return () => clearInterval(timer)
  }, [runs])
  // Whoever goes on to another page keeps what was recorded.
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
      const now = running.current
      running.current = undefined
      if (now) void now.recording.stop().then(now.save)
    }
  }, [])

  const disabledReason =
    typeof MediaRecorder === 'undefined' ? t`This browser can’t record.` : null
  return { seconds, disabledReason, start: () => void start(), stop }
}
