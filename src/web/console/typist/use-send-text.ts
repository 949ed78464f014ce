/** Types a prepared text, with a confirmation if it is long, and reads back whether it arrived. */
import { useState } from 'react'

import type { ToolProps } from '../tool.ts'
import { holds, lastLine, layoutsSeen } from './echo.ts'
import type { Echo } from './EchoCheck.tsx'
import { loadTables } from './layouts-known.ts'
import type { PreparedText } from './prepare-text.ts'
import type { KeyboardLayout } from './use-keyboard-layout.ts'
import { useReading } from './use-reading.ts'
import type { Typing } from './use-typist.ts'

/** A longer text needs a second press: at the usual pace this much takes four minutes. */
const much = 10_000

export type Sending = {
  /** The text is long, and the next press of the button types it. */
  asked: boolean
  /** For a text that was changed since. */
  forgetAsked: () => void
  echo: Echo | undefined
  send: (prepared: PreparedText, slow: boolean) => Promise<void>
}

export function useSendText(
  { connection }: Pick<ToolProps, 'connection'>,
  typing: Typing,
  { choice }: KeyboardLayout,
): Sending {
  const read = useReading(connection)
  const [asked, setAsked] = useState(false)
  const [echo, setEcho] = useState<Echo>()
  const send = async ({ plan: { units } }: PreparedText, slow: boolean) => {
    if (units.length > much && !asked) return setAsked(true)
    setAsked(false)
    setEcho(undefined)
    const { phase } = await typing.type(units, { slow })
    if (phase !== 'done') return
    const line = lastLine(units.map(({ character }) => character).join(''))
    const reading = await read((one) => holds(one, line))
    if (!reading || line === '') return
    if (holds(reading, line)) return setEcho({ kind: 'seen' })
    const seen = layoutsSeen(reading, units, await loadTables())
    setEcho({ kind: 'other', layouts: seen.filter((name) => name !== choice) })
  }
  return { asked, forgetAsked: () => setAsked(false), echo, send }
}
