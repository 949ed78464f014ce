import type { RefObject } from 'react'

/**
 * Whether an overlay would close because its own button was pressed. The click that follows closes
 * it: if it were already closed, the click would open it again.
 */
export function pressedAnchor(
  event: Event,
  anchor: RefObject<HTMLElement | null>,
): boolean {
  if (event.type.startsWith('key')) return false
  // A press also moves the focus, which is reported from what lost it.
  const target = event instanceof FocusEvent ? event.relatedTarget : event.target
  return target instanceof Node && (anchor.current?.contains(target) ?? false)
}
