import { useCallback, useEffect, useState } from 'react'

import { Player } from './player.ts'
import type { Segment } from './recording.ts'

/**
 * Shows `at` of a recording in the element that gets the ref `host`; undefined shows nothing
 * new. There is a player as long as there is such an element.
 */
export function usePlayer(
  segments: readonly Segment[],
  at: number | undefined,
): { host: (element: HTMLElement | null) => (() => void) | undefined; failed: boolean } {
  const [player, setPlayer] = useState<Player>()
  const [failed, setFailed] = useState(false)
  const host = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined
    const current = new Player(element)
    setPlayer(current)
    return () => {
      current.close()
      setPlayer(undefined)
    }
  }, [])
  // The player paints outside React.
  useEffect(() => {
    if (at === undefined) return
    player?.show({ segments }, at).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  }, [player, segments, at])
  return { host, failed }
}
