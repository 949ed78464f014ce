import { useLingui } from '@lingui/react/macro'

import { StateBadge } from '../ui/StateBadge.tsx'
import type { StateKind } from '../ui/StateIcon.tsx'

/** The state of an instance in a shape, a word and a colour; unknown ones by their own name. */
export function InstanceState({ state, className }: { state: string; className?: string }) {
  const { t } = useLingui()
  const known: Record<string, [StateKind, string]> = {
    running: ['running', t`Running`],
    stopped: ['stopped', t`Stopped`],
    starting: ['transitional', t`Starting…`],
    stopping: ['transitional', t`Stopping…`],
    migrating: ['transitional', t`Moving host…`],
    destroying: ['transitional', t`Deleting…`],
    expunging: ['transitional', t`Deleting…`],
    destroyed: ['stopped', t`Deleted`],
    error: ['error', t`Error`],
  }
  const [kind, label] = known[state] ?? ['warning', state]
  return (
    <StateBadge
      state={kind}
      label={label}
      dataState={state}
      {...(className ? { className } : {})}
    />
  )
}
