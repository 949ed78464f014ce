/**
 * Stops the typist when the person leaves or takes over: a hidden tab has slow clocks, and keys from both would mix. Escape cancels wherever the focus is.
 */
import type { Typist } from './typist.ts'

const hiddenMs = 5_000

/** Watches until the returned function is called, which also stops the typist. */
export function guard(typist: Typist): () => void {
  const off = new AbortController()
  const { signal } = off
  let timer: ReturnType<typeof setTimeout> | undefined
  const onVisibility = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(() => typist.stop('hidden'), hiddenMs)
  }
  const onKey = (event: KeyboardEvent) => {
    if (!typist.isTyping) return
    const atScreen = event.target instanceof HTMLCanvasElement
    if (event.key !== 'Escape' && !atScreen) return
    event.preventDefault()
    event.stopPropagation()
    typist.stop(event.key === 'Escape' ? 'cancelled' : 'key')
  }
  document.addEventListener('visibilitychange', onVisibility, { signal })
  window.addEventListener('keydown', onKey, { signal, capture: true })
  return () => {
    clearTimeout(timer)
    off.abort()
    typist.stop('left')
  }
}
