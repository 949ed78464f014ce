/**
 * Shows the screen as text, for people who can't see it, want to copy from it, or read it larger. It
 * can announce new lines automatically: those that stay, a few at a time.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import { Switch } from '../../ui/Switch.tsx'
import { freshLines } from './lines.ts'
import type { ScreenText } from './read-screen.ts'

/** Waits until a line is complete, so that it isn't announced in pieces. */
const calmMs = 800
/** The maximum number of lines to announce at once; the rest can be read. */
const mostLines = 8

function useFreshLines(text: ScreenText, on: boolean): { id: number; lines: string[] } {
  const [told, setTold] = useState<{ id: number; lines: string[] }>({ id: 0, lines: [] })
  const before = useRef(text.lines)
  // Announcements wait until the screen stops changing.
  useEffect(() => {
    if (!on) {
      before.current = text.lines
      return
    }
    const timer = setTimeout(() => {
      const fresh = freshLines(before.current, text.lines)
      before.current = text.lines
      if (fresh.length > 0)
        setTold(({ id }) => ({ id: id + 1, lines: fresh.slice(-mostLines) }))
    }, calmMs)
    return () => clearTimeout(timer)
  }, [text, on])
  return told
}

export function LiveText({ text }: { text: ScreenText }) {
  const { t } = useLingui()
  const [speaks, setSpeaks] = useState(false)
  const told = useFreshLines(text, speaks)
  return (
    <div className="grid min-w-0 gap-2">
      <Switch
        label={<Trans>Announce new lines</Trans>}
        hint={<Trans>For screen readers. Long output is shortened.</Trans>}
        checked={speaks}
        onChange={({ target }) => setSpeaks(target.checked)}
      />
      <div
        role="log"
        aria-live={speaks ? 'polite' : 'off'}
        aria-label={t`New lines`}
        className="sr-only"
      >
        {told.lines.map((line, index) => (
          <p key={`${told.id}-${index}`} translate="no">
            {line}
          </p>
        ))}
      </div>
      <section
        aria-label={t`Text on the screen`}
        translate="no"
        // It scrolls, also with the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        className="max-h-[60vh] overflow-auto whitespace-pre rounded-md border border-border bg-black p-2 font-mono text-xs leading-5 text-[#ddd]"
      >
        {text.lines.join('\n').trimEnd()}
      </section>
    </div>
  )
}
