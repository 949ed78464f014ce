import { useEffect, useEffectEvent } from 'react'

/** Moves a moment on with the clock, `speed` times as fast, while `playing`. */
export function usePlayback(
  playing: boolean,
  speed: number,
  onStep: (ms: number) => void,
): void {
  const step = useEffectEvent(onStep)
  // Animation frames are outside React.
  useEffect(() => {
    if (!playing) return
    let last = performance.now()
    let frame = 0
    const tick = (now: number) => {
      step((now - last) * speed)
      last = now
      frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [playing, speed])
}
