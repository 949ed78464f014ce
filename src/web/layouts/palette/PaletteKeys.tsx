/** Listens for the keys that work on every page: Ctrl-K, `?`, `c`, and `g` with a letter for a page. */
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

import { usePalette } from '../../stores/palette.ts'
import { Contained } from '../../ui/Contained.tsx'

const Palette = lazy(async () => ({
  default: (await import('./Palette.tsx')).Palette,
}))

/** After `g`, for so long, a letter is the name of a page. */
const goMs = 1_500
const pages: Record<string, string> = {
  o: '/',
  i: '/instances',
  w: '/wall',
  a: '/activity',
  l: '/limits',
  s: '/settings',
}

/** Where letters are text, or belong to a machine or to what is open above the page. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('[role$=dialog],[role=menu]')) return true
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=application], canvas') !== null
  )
}

export function PaletteKeys() {
  const { isOpen, setOpen } = usePalette()
  const navigate = useNavigate()
  const goUntil = useRef(0)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
      if (event.isComposing || altKey) return
      if ((ctrlKey || metaKey) && !shiftKey && key.toLowerCase() === 'k') {
        const isScreen = target instanceof Element && target.closest('[role=application]')
        if (isScreen) return
        event.preventDefault()
        setOpen(true)
        return
      }
      if (ctrlKey || metaKey || isTaken(target)) return
      const to = performance.now() < goUntil.current ? pages[key] : undefined
      goUntil.current = key === 'g' ? performance.now() + goMs : 0
      const next = to ?? { '?': '/help', c: '/instances/new' }[key]
      if (!next) return
      event.preventDefault()
      void navigate(next)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [navigate, setOpen])
  if (!isOpen) return null
  return (
    <Contained instead={null}>
      <Suspense>
        <Palette onClose={() => setOpen(false)} />
      </Suspense>
    </Contained>
  )
}
