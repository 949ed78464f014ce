/** Listens for the keys that work on every page, which people may choose (stores/page-keys.ts). */
import { useLingui } from '@lingui/react/macro'
import { lazy, useCallback, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'

import {
  kindOf,
  pageUses,
  useKeys,
  type KeyKind,
  type Keys,
  type KeyUse,
} from '../../stores/page-keys.ts'
import { usePalette } from '../../stores/palette.ts'
import { Coming, takesKeys } from '../../ui/Coming.tsx'
import { Contained } from '../../ui/Contained.tsx'
import { toast } from '../../ui/toast.ts'

const Palette = lazy(async () => ({
  default: (await import('./Palette.tsx')).Palette,
}))
const KeysDialog = lazy(async () => ({
  default: (await import('./KeysDialog.tsx')).KeysDialog,
}))

/** After the key for *go to*, for so long, a letter is the name of a page. */
const goMs = 1_500
/** Where letters are text, or belong to a machine or to what is open above the page. */
function isTaken(target: EventTarget | null): boolean {
  // Also while a screen has lost its line, and with it the focus: what is typed was meant for it.
  if (document.querySelector(`${takesKeys},[data-connection]`)) return true
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=application], canvas') !== null
  )
}

/** Takes what is typed before the palette has come, which would otherwise be keys of the page. */
function typeAhead({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  const { shown, text, show, setText } = usePalette.getState()
  if (shown !== 'palette') return false
  if (target instanceof Element && target.closest('[role$=dialog]')) return false
  if (key === 'Escape') show(undefined)
  else if (key.length === 1 && !ctrlKey && !altKey && !metaKey) setText(text + key)
  return true
}

/** A page with a search box has the key for *search* itself. */
const hasSearchBox = () => document.querySelector('input[aria-keyshortcuts]') !== null

/** What a key is for. */
function usedFor(keys: Keys, key: string, kind: KeyKind): KeyUse | undefined {
  const uses = Object.keys(keys) as KeyUse[] // the record's own keys
  return uses.find((use) => keys[use] === key && kindOf(use) === kind)
}

/** Says that it couldn't be loaded; a second try in the same page would fail, too. */
function NotLoaded({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  useEffect(() => {
    toast({
      kind: 'error',
      id: 'palette',
      title: t`This part couldn’t be loaded. Reload the page to try again.`,
    })
    onClose()
  }, [t, onClose])
  return null
}

export function PaletteKeys() {
  const { shown, show } = usePalette()
  const keys = useKeys()
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  const navigate = useNavigate()
  const goUntil = useRef(0)
  useEffect(() => {
    /** Whether something was done. */
    const act = (use: KeyUse | undefined): boolean => {
      const page = use && pageUses[use]
      if (page) void navigate(page)
      else if (use === 'create') void navigate('/instances/new')
      else if (use === 'keys') show('keys')
      else if (use === 'search' && !hasSearchBox()) show('palette')
      else return false
      return true
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event
      // What is typed into, also inside a shadow root, where the code editor is.
      const [target = null] = event.composedPath()
      if (event.isComposing || event.defaultPrevented) return
      const whole = (ctrlKey || metaKey) && !altKey && !shiftKey
      if (whole && key.toLowerCase() === latest.current.palette) {
        const isScreen =
          target === document.body
            ? document.querySelector('[data-connection]')
            : target instanceof Element && target.closest('[role=application]')
        if (isScreen) return
        event.preventDefault()
        show('palette')
        return
      }
      if (typeAhead(event)) return event.preventDefault()
      // AltGr, by which some keyboards write these characters, reports Ctrl and Alt.
      const isWriting = event.getModifierState('AltGraph')
      if (((ctrlKey || altKey) && !isWriting) || metaKey || isTaken(target)) return
      const going = performance.now() < goUntil.current
      const use =
        (going && usedFor(latest.current, key, 'page')) ||
        usedFor(latest.current, key, 'alone')
      // Shift comes before the key that it changes.
      if (key !== 'Shift') goUntil.current = use === 'go' ? performance.now() + goMs : 0
      if (act(use)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [navigate, show])
  const close = useCallback(() => show(undefined), [show])
  if (!shown) return null
  return (
    <Contained instead={<NotLoaded onClose={close} />}>
      <Coming>
        {shown === 'palette' ? <Palette onClose={close} /> : <KeysDialog onClose={close} />}
      </Coming>
    </Contained>
  )
}
