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
  // This is loaded with the first dialog, whose opener has the focus already.
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
