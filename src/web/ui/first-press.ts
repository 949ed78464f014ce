import type { KeyboardEvent, MouseEvent } from 'react'

/** Leaves out the second half of a double click, which was meant for what was there a moment before. */
export function notTwice(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault()
}

/** The same for a button that does something of its own; a key that is still held was meant for another one, too. */
export const firstPress = (act: () => void) => ({
  onClick: ({ detail }: MouseEvent) => {
    if (detail < 2) act()
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (event.repeat) event.preventDefault()
  },
})
