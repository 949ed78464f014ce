import { useState, type RefObject } from 'react'

/** The list of a page, marked by `data-focus-home`, which takes the focus when what had it is gone. */
function home(): HTMLElement | null {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  return (
    find('[data-focus-home] [tabindex="0"]') ??
    find('[data-focus-home] :is(a[href], button, input)') ??
    find('#main h1') ??
    find('#main')
  )
}

/** What opened a dialog, as long as it exists. */
const backTo = (opener: Element | null): RefObject<HTMLElement | null> => ({
  get current() {
    const isThere =
      opener instanceof HTMLElement && opener.isConnected && opener !== document.body
    return isThere ? opener : home()
  },
})

/**
 * Where the focus goes when a dialog closes: back to what opened it or, when that is gone with
 * what was done, to the page's list. It is decided when the dialog closes.
 */
export function useReturnFocus(): RefObject<HTMLElement | null> {
  const [target] = useState(() => backTo(document.activeElement))
  return target
}
