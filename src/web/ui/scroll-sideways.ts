/**
 * Brings a member of a row into sight by scrolling the row alone. `scrollIntoView` also scrolls the
 * page, away from the place to which Back has just led.
 */
export function scrollSideways(row: HTMLElement | null, selector: string): void {
  const member = row?.querySelector(selector)
  if (!row || !member) return
  const [box, its] = [row.getBoundingClientRect(), member.getBoundingClientRect()]
  if (its.left < box.left) row.scrollLeft -= box.left - its.left
  else if (its.right > box.right) row.scrollLeft += its.right - box.right
}
