/** Knows where the focus goes when what had it goes away: a menu, a dialog, a bar. */

/** What had the focus last on the page itself: menus, dialogs and toasts are in portals. */
let last: HTMLElement | undefined

function note(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || target === document.body) return
  if (!target.closest('[data-base-ui-portal]')) last = target
}

// The server also renders the list, without a document.
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => note(target))
  // What had the focus before this was loaded.
  note(document.activeElement)
}

/** The list of a page, marked by `data-focus-home`, which takes the focus when what had it is gone. */
function home(): HTMLElement | null {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  return (
    find('[data-focus-home] [tabindex="0"]') ??
    find('[data-focus-home] :is(a[href], button, input)') ??
    find('#main h1') ??
    find('#main') ??
    find('h1')
  )
}

/** Moves the focus to the page's list, when what has it goes away. */
export const focusHome = (): void => home()?.focus()

/** An element as long as it is on the page and can be seen, then the page's list. */
export const orHome = (element: HTMLElement | null | undefined): HTMLElement | null =>
  element?.isConnected && element.checkVisibility() ? element : home()

/**
 * Where the focus goes when a dialog closes: back to what opened it, by a menu or directly, or, when
 * that is gone with what was done, to the page's list.
 */
export const returnTarget = (): HTMLElement | null => orHome(last)

/**
 * Gives the focus on when the element that has it goes away with what it did, such as Undo or Dismiss: to
 * the card or region that it was in, otherwise to the page's list. Called before it is taken out.
 */
export function giveFocusOn(element: HTMLElement): void {
  // Overlays return it to what opened them, and a grid keeps it.
  if (element.closest('[data-base-ui-portal],[role=grid]')) return
  if (!element.contains(document.activeElement)) return
  const region = element.closest('section')
  // Later, because a new page or what takes the element's place may want the focus.
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    if (region?.isConnected) region.tabIndex = -1
    // Nothing was asked for that would be seen by scrolling.
    const next = region?.isConnected ? region : home()
    next?.focus({ preventScroll: true })
  })
}
