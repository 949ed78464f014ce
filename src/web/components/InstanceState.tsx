import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { memo } from 'react'

import { StateBadge } from '../ui/StateBadge.tsx'
import type { StateKind } from '../ui/StateIcon.tsx'

type StateProps = {
  state: string
  /** Should have ended long ago. */
  overdue?: boolean | undefined
}

// Outside the component, because a list shows hundreds of them, and each needs only one word.
const known: Record<string, [StateKind, MessageDescriptor]> = {
  running: ['running', msg`Running`],
  stopped: ['stopped', msg`Stopped`],
  starting: ['transitional', msg`Starting…`],
  stopping: ['transitional', msg`Stopping…`],
  migrating: ['transitional', msg`Moving host…`],
  destroying: ['transitional', msg`Deleting…`],
  expunging: ['transitional', msg`Deleting…`],
  destroyed: ['stopped', msg`Deleted`],
  error: ['error', msg`Error`],
}

const late = msg`For more than 10 minutes`

/** The shape that the state of an instance has; what should have ended long ago has that of a warning. */
export function stateKind({ state, overdue = false }: StateProps): StateKind {
  return (overdue ? undefined : known[state]?.[0]) ?? 'warning'
}

/** The state of an instance in a shape, a word and a color; unknown ones by their own name. */
export const InstanceState = memo(function InstanceState({
  state,
  overdue = false,
  className,
}: StateProps & { className?: string }) {
  const { i18n } = useLingui()
  const label = known[state]?.[1]
  return (
    <StateBadge
      state={stateKind({ state, overdue })}
      note={overdue ? i18n._(late) : undefined}
      label={label ? i18n._(label) : state}
      dataState={state}
      {...(className ? { className } : {})}
    />
  )
})
