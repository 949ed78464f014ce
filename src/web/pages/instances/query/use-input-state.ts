import { useEffect, useState, type RefObject } from 'react'

type InputState = {
  focused: boolean
  /** Where the next letter goes, in UTF-16 code units. */
  cursor: number
}

/** The focus and the cursor of an input, which are the browser's and not React's. */
export function useInputState(input: RefObject<HTMLInputElement | null>): InputState {
  const [state, setState] = useState<InputState>({ focused: false, cursor: 0 })
  useEffect(() => {
    const read = () => {
      const focused = document.activeElement === input.current
      const cursor = input.current?.selectionEnd ?? 0
      setState((now) =>
        now.focused === focused && now.cursor === cursor ? now : { focused, cursor },
      )
    }
    read()
    const events = ['selectionchange', 'focusin', 'focusout', 'input', 'keyup'] as const
    // At the end of the event: while the focus moves, the page has no focus.
    const later = () => queueMicrotask(read)
    for (const name of events) document.addEventListener(name, later)
    return () => {
      for (const name of events) document.removeEventListener(name, later)
    }
  }, [input])
  return state
}
