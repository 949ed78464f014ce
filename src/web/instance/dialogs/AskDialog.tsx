import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import type { Call } from '#contract/call.ts'

import { problemOf } from '../../api/client.ts'
import type { Row } from '../../api/inventory.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { SameAs } from '../../components/SameAs.tsx'
import { ZoneName } from '../../components/ZoneName.tsx'
import { useBlock } from '../actions.tsx'
import { GraceDialog } from './GraceDialog.tsx'

/**
 * The one shape of a question about an instance: which instance, what will happen, what can be
 * chosen, and a button that repeats verb and name. A rejection is shown inside, and nothing
 * that was typed is discarded.
 */
export function AskDialog({
  row,
  verb,
  danger,
  grace,
  size,
  mutation,
  disabledReason = null,
  problemAction,
  calls,
  subject,
  onClose,
  children,
}: {
  row: Row
  /** Title and button: `Stop web-01`. */
  verb: string
  danger?: boolean
  /** The text of the countdown: `Deleting web-01 in 9 seconds`. Without it nothing is delayed. */
  grace?: (secondsLeft: number) => string
  size?: 'md' | 'lg'
  mutation: UseMutationResult<unknown, Error, void>
  /** Why it can't be sent as it is. */
  disabledReason?: string | null
  /** A way out of a rejection. */
  problemAction?: ReactNode
  /** The calls, if no plan shows them. */
  calls?: readonly Call[] | undefined
  /** The object of the dialog, if it isn't the instance, which may then be busy. */
  subject?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const { isPending, error, mutate } = mutation
  const block = useBlock(row)
  const problem = error ? problemOf(error) : undefined
  return (
    <GraceDialog
      title={verb}
      pending={isPending}
      disabledReason={disabledReason ?? (subject ? null : block)}
      onSend={mutate}
      {...{ size, danger, grace, onClose }}
    >
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
      {calls && <SameAs calls={calls} />}
      {problem && <ProblemNotice problem={problem} action={problemAction} />}
    </GraceDialog>
  )
}

/** What will happen, one line each; what is deleted stands first. */
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
