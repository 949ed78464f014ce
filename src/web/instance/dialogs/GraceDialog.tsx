/**
 * A dialog that sends something, at once or after a countdown in which it can be canceled. What
 * was typed and chosen stays while the countdown runs.
 */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import type { EndpointId } from '#contract/endpoints.ts'

import { useNeedsSecond } from '../../stores/second-person.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { graceSeconds } from './grace.ts'
import { useGrace } from './use-grace.ts'

/** The countdown is canceled with the key that the finger is on already. */
const focusOn = (button: HTMLButtonElement | null) => button?.focus()

function Countdown({ words, secondsLeft }: { words: string; secondsLeft: number }) {
  return (
    <div role="timer" className="mb-4 grid gap-2 rounded-md bg-warning-tint p-3">
      <p className="min-w-0 font-semibold tabular-nums">{words}</p>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-surface">
        <div
          className="h-full bg-warning"
          style={{ inlineSize: `${(100 * (graceSeconds - secondsLeft)) / graceSeconds}%` }}
        />
      </div>
    </div>
  )
}

/** A name may be as long as 255 characters; on a phone, a German verb after it would be cut. */
const Label = ({ second, children }: { second: boolean; children: string }) => (
  <span className="min-w-0 truncate max-sm:line-clamp-3 max-sm:wrap-break-word max-sm:whitespace-normal">
    {second ? <Trans>Ask a second person</Trans> : children}
  </span>
)

/** What happens instead, where a second person has to confirm it. */
function SecondNote() {
  return (
    <Banner kind="info">
      <Trans>
        Nothing is sent now. Someone else with the rights for this has to confirm it in
        Vedette within 15 minutes.
      </Trans>
    </Banner>
  )
}

export function GraceDialog({
  title,
  size,
  danger = false,
  grace: countdown,
  endpoint,
  pending,
  disabledReason,
  ending,
  notice,
  onConfirm,
  onSend,
  onClose,
  children,
}: {
  /** Title and button: `Stop web-01`. */
  title: string
  size?: 'md' | 'lg' | undefined
  danger?: boolean | undefined
  /** The text of the countdown: `Deleting web-01 in 9 seconds`. Without it nothing is delayed. */
  grace?: ((secondsLeft: number) => string) | undefined
  /** What is sent: a second person may have to confirm it. */
  endpoint?: EndpointId | undefined
  pending: boolean
  /** Why it can't be sent as it is. */
  disabledReason: string | null
  /** The buttons once there is nothing left to send. */
  ending?: ReactNode
  /** What a person has to see during the countdown as well. */
  notice?: ReactNode
  /** When the button is pressed, before any countdown. */
  onConfirm?: (() => void) | undefined
  onSend: () => void
  onClose: () => void
  children: ReactNode
}) {
  const { secondsLeft, begin, cancel } = useGrace(onSend)
  const second = useNeedsSecond(endpoint)
  // Nothing is sent now that could be called off.
  const grace = second ? undefined : countdown
  const waits = secondsLeft !== undefined
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      {...{ title, size }}
      dismissible={!pending}
      onSubmit={(event) => {
        event.preventDefault()
        if (disabledReason || waits || pending || ending) return
        onConfirm?.()
        if (grace) begin()
        else onSend()
      }}
      footer={
        waits ? (
          <Button ref={focusOn} className="h-11 grow" onClick={cancel}>
            <Trans>Cancel (nothing sent yet)</Trans>
          </Button>
        ) : (
          ending || (
            <>
              <CancelButton pending={pending} onClick={onClose} />
              <Button
                type="submit"
                variant={danger && !second ? 'danger' : 'primary'}
                className="max-sm:h-auto max-sm:min-h-8 max-sm:py-1 pointer-coarse:min-h-11"
                pending={pending}
                disabledReason={disabledReason}
              >
                <Label second={second}>{title}</Label>
              </Button>
            </>
          )
        )
      }
    >
      {waits && grace && <Countdown words={grace(secondsLeft)} secondsLeft={secondsLeft} />}
      {notice}
      <div className={waits ? 'hidden' : 'grid gap-4'}>
        {children}
        {second && <SecondNote />}
      </div>
    </Dialog>
  )
}
