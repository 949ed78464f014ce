import { useEffect, useState } from 'react'

import type { ConsoleConnection } from '../../screen/connection.ts'
import { nextChunk } from '../typist/chunks.ts'
import { planText, type Method } from '../typist/plan.ts'
import { KeyQueue } from './key-queue.ts'
import type { Typed } from './typed-diff.ts'

export type Typing = { type: (typed: Typed) => void; press: (names: string[]) => void }

/** Types the changes of a field, with the instance's chosen keyboard layout. */
export function useTyping(
  connection: ConsoleConnection,
  method: Method | undefined,
): Typing {
  const [queue] = useState(() => new KeyQueue())
  // The clock is outside React.
  useEffect(() => () => queue.close(), [queue])
  const press = (names: string[]) => queue.push(() => connection.input.press(names))
  return {
    press,
    type: ({ erase, text }) => {
      for (let left = erase; left > 0; left -= 1) press(['Backspace'])
      if (!method) return
      const { units } = planText(text, method)
      for (const [at] of units.entries()) {
        const { events } = nextChunk(units.slice(at, at + 1), 0, Number.POSITIVE_INFINITY)
        queue.push(
          ...events.map((event) => () => connection.input.sendKey(event, event.down)),
        )
        // A modifier of the row holds for one character.
        queue.push(() => connection.input.spend())
      }
    },
  }
}
