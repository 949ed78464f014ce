/** How much of the next member is shown, in pixels, so that one sees that there is one. */
const room = 44

/**
 * Brings a member of a row into sight by scrolling the row alone. `scrollIntoView` also scrolls the
 * page, away from the place to which Back has just led.
 */
export function scrollSideways(row: HTMLElement | null, selector: string): void {
  const member = row?.querySelector(selector)
  if (!row || !member) return
  const [box, its] = [row.getBoundingClientRect(), member.getBoundingClientRect()]
  const before = its.left - room - box.left
  const after = its.right + room - box.right
  if (before < 0) row.scrollLeft += before
  else if (after > 0) row.scrollLeft += after
}
