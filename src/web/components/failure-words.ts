import { useLingui } from '@lingui/react/macro'

import type { Explanation, Happened, Meaning, NextStep } from '#contract/failure.ts'

/** A failure in three sentences: what happened, what it means, what to do next. */
export function useFailureWords(): (
  explanation: Explanation,
  /** As Exoscale gave it. */
  reason: string | undefined,
) => Record<keyof Explanation, string> {
  const { t } = useLingui()
  const happenedOf = (reason: string): Record<Happened, string> => ({
    busy: t`Another change to this resource was still in progress.`,
    conflict: t`This isn’t possible in its current state.`,
    incorrect: t`Exoscale rejected one of the values.`,
    forbidden: t`The API key doesn’t allow this, or deletion protection is on.`,
    'not-found': t`The resource no longer exists.`,
    unavailable: t`The zone doesn’t have enough capacity right now.`,
    unsupported: t`The template or the size doesn’t support this.`,
    partial: t`The change was only partly completed.`,
    interrupted: t`The operation was interrupted at Exoscale.`,
    fault: t`Exoscale had an internal error.`,
    unknown: t`Exoscale didn’t give a reason.`,
    unlisted: t`Exoscale gave this reason: ${reason}.`,
    timeout: t`Exoscale took too long to respond.`,
  })
  const means: Record<Meaning, string> = {
    'nothing-changed': t`Nothing changed.`,
    'still-off': t`The instance is still stopped.`,
    'still-on': t`The instance is still running.`,
    'power-open': t`The instance may be running or stopped.`,
    'not-made': t`Nothing was created.`,
    'may-be-made': t`The resource may have been created anyway.`,
    'still-there': t`Nothing was deleted.`,
    'may-be-gone': t`The resource may have been deleted anyway.`,
    'no-copy': t`No snapshot was taken.`,
    'copy-open': t`The snapshot may or may not exist.`,
    'disk-as-it-was': t`The disk hasn’t changed.`,
    'disk-open': t`The disk may have been partly changed.`,
    'still-detached': t`Nothing was attached.`,
    'still-attached': t`Nothing was detached.`,
    'attachment-open': t`The resource may or may not be attached.`,
    'change-open': t`The change may have been made anyway.`,
  }
  const next: Record<NextStep, string> = {
    'wait-and-repeat': t`Wait for the other change to finish, then try again.`,
    'look-and-repeat': t`Check the current state, then try again.`,
    'correct-it': t`Correct the value, then try again.`,
    'unlock-or-ask': t`Turn off deletion protection, or ask the owner of the API key for access.`,
    'look-at-the-list': t`Check the list for what still exists.`,
    'repeat-later': t`Try again later.`,
    'smaller-or-later': t`Choose a smaller size, or try again later.`,
    'choose-another': t`Choose another template or size.`,
    'watch-it': t`The operation may still finish. Check the state before you try again.`,
    'look-at-its-screen': t`Check the console before you continue.`,
    'ask-support': t`Try again. If the problem continues, contact Exoscale support.`,
  }
  return (explanation, reason = '') => ({
    happened: happenedOf(reason)[explanation.happened],
    means: means[explanation.means],
    next: next[explanation.next],
  })
}
