import { Trans } from '@lingui/react/macro'
import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { Call } from '#contract/call.ts'
import type { PlannedStep } from '#contract/plan.ts'

import { problemOf } from '../../api/client.ts'
import type { Row } from '../../api/inventory.ts'
import { callOf } from '../../api/mutations.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { SameAs } from '../../components/SameAs.tsx'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useBlock } from '../actions.tsx'
import { Countdown, focusOn } from './Countdown.tsx'
import { useGrace } from './use-grace.ts'

/**
 * The one shape of a question about an instance: which machine, what will happen, what can be
 * chosen, and a button that repeats verb and name. A refusal is shown inside and loses
 * nothing that was typed (ui.md 2).
 */
export function AskDialog({
  row,
  verb,
  danger = false,
  grace,
  size,
  mutation,
  disabledReason = null,
  problemAction,
  calls,
  sameAs = calls?.map((call) => callOf(row, call)),
  subject,
  onClose,
  children,
}: {
  row: Row
  /** Title and button: `Stop web-01`. */
  verb: string
  danger?: boolean
  /** What is announced for ten seconds, in which it can be called off: `Deleting web-01`. */
  grace?: string
  size?: 'md' | 'lg'
  mutation: UseMutationResult<unknown, Error, void>
  /** Why it can't be sent as it is. */
  disabledReason?: string | null
  /** A way out of a refusal. */
  problemAction?: ReactNode
  /** What is sent, where no plan shows it. */
  calls?: readonly PlannedStep[]
  /** The same, of what is not the instance itself. */
  sameAs?: readonly Call[] | undefined
  /** What it is about, where that is not the instance: it may be busy with something else. */
  subject?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const { isPending, error } = mutation
  const { secondsLeft, begin, cancel } = useGrace(mutation.mutate)
  const waits = secondsLeft !== undefined
  const block = useBlock(row)
  const why = disabledReason ?? (subject ? null : block)
  const problem = error ? problemOf(error) : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      title={verb}
      size={size}
      dismissible={!isPending}
      onSubmit={(event) => {
        event.preventDefault()
        if (why || waits) return
        if (grace) begin()
        else mutation.mutate()
      }}
      footer={
        waits ? (
          <Button ref={focusOn} className="h-11 grow" onClick={cancel}>
            <Trans>Cancel (nothing sent yet)</Trans>
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              type="submit"
              variant={danger ? 'danger' : 'primary'}
              pending={isPending}
              disabledReason={why}
            >
              {verb}
            </Button>
          </>
        )
      }
    >
      {waits && <Countdown words={grace} secondsLeft={secondsLeft} />}
      {/* What was typed and chosen stays, in case it is called off. */}
      <div className={waits ? 'hidden' : 'grid gap-4'}>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {subject ?? (
            <>
              <InstanceState state={row.state} />
              <ZoneName zone={row.zone} />
              {row['public-ip'] && <code translate="no">{row['public-ip']}</code>}
            </>
          )}
        </p>
        {children}
        {sameAs && <SameAs calls={sameAs} />}
        {problem && <ProblemNotice problem={problem} action={problemAction} />}
      </div>
    </Dialog>
  )
}

/** What will happen, one line each; what is lost stands first. */
export function Consequences({ lines }: { lines: (ReactNode | null)[] }) {
  return (
    <ul className="grid list-disc gap-1 ps-5 text-sm">
      {lines
        .filter((line) => line !== null)
        .map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a fixed list of sentences
          <li key={index}>{line}</li>
        ))}
    </ul>
  )
}
