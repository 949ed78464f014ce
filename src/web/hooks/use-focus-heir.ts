import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Marks buttons that go away with what they are about. */
export const goesWithIt = { 'data-goes-with-it': '' }

/** The next of its kind in the card, or the one before, or what adds another, or the card itself. */
function heirOf(button: HTMLElement): HTMLElement | null {
  const card = button.closest<HTMLElement>('section')
  if (!card) return null
  const kind = [...card.querySelectorAll<HTMLElement>('[data-goes-with-it]')]
  const at = kind.indexOf(button)
  const heir =
    kind[at + 1] ?? kind[at - 1] ?? card.querySelector<HTMLElement>('form select')
  if (heir) return heir
  card.tabIndex = -1
  return card
}

/**
 * Moves the focus when a button removes itself, marked by `goesWithIt`: to an element beside it instead
 * of the top of the page.
 */
export function useFocusHeir(): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null)
  // Effects are cleaned up before React takes the element out, so it still has the focus here.
  useLayoutEffect(() => {
    const own = button.current
    return () => {
      if (own && own === document.activeElement) heirOf(own)?.focus()
    }
  }, [])
  return button
}
