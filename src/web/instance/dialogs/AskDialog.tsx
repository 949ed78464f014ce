import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'

import type { Call } from '#contract/call.ts'

import type { Row } from '../../api/inventory.ts'
import type { Sending } from '../../api/use-once.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { TellApart } from '../../components/namesakes/TellApart.tsx'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { SameAs } from '../../components/SameAs.tsx'
import { SendProblem } from '../../components/SendProblem.tsx'
import { ZoneName } from '../../components/ZoneName.tsx'
import { useBlock } from '../actions.tsx'
import { askedEndpoint } from './dialog-address.ts'
import { GraceDialog } from './GraceDialog.tsx'
import { useReading } from './use-reading.ts'

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
  mutation: Sending
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
  const { isPending, confirm, mutate } = mutation
  const [search] = useSearchParams()
  // A link may have opened the question, so the role is checked here, too.
  const endpoint = askedEndpoint(search) ?? 'update-instance'
  const block = useBlock(row, endpoint)
  const role = useRoleBlock()(endpoint)
  const { t } = useLingui()
  const { isReading } = useReading(row, endpoint)
  const reading = isReading ? t`Loading…` : null
  return (
    <GraceDialog
      title={verb}
      pending={isPending}
      disabledReason={role ?? disabledReason ?? (subject ? null : block) ?? reading}
      onConfirm={confirm}
      onSend={mutate}
      endpoint={endpoint}
      // Also during the countdown, which hides the rest.
      notice={<TellApart one={row} className="mb-4" />}
      {...{ size, danger, grace, onClose }}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {subject ?? (
          <>
            <InstanceState state={row.state} overdue={row.overdue} />
            <ZoneName zone={row.zone} />
            {row['public-ip'] && <code translate="no">{row['public-ip']}</code>}
          </>
        )}
      </p>
      {children}
      {calls && <SameAs calls={calls} />}
      <SendProblem sending={mutation} action={problemAction} />
    </GraceDialog>
  )
}

/** Said where a list couldn't be read, so that nothing in it isn't taken for none. */
export function useUnreadWords(): (
  ...queries: readonly { isError: boolean }[]
) => string | null {
  const { t } = useLingui()
  return (...queries) =>
    queries.some(({ isError }) => isError)
      ? t`Vedette couldn’t read everything that this affects, so this list may be incomplete.`
      : null
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
