import { Trans } from '@lingui/react/macro'

import { graceSeconds } from './use-grace.ts'

/** Whoever waits can call it off with the key under the finger. */
export const focusOn = (button: HTMLButtonElement | null) => button?.focus()

export function Countdown({
  words,
  secondsLeft,
}: {
  words: string | undefined
  secondsLeft: number
}) {
  return (
    <div role="timer" className="mb-4 grid gap-2 rounded-md bg-warning-tint p-3">
      <p className="font-semibold">
        <Trans>
          {words} in <span className="tabular-nums">{secondsLeft}</span> s
        </Trans>
      </p>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-surface">
        <div
          className="h-full bg-warning"
          style={{ inlineSize: `${(100 * (graceSeconds - secondsLeft)) / graceSeconds}%` }}
        />
      </div>
    </div>
  )
}
