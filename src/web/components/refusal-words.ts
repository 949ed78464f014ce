import { useLingui } from '@lingui/react/macro'

import type { Refusal } from '#contract/lifecycle.ts'

/** Why an action is not possible now, in one sentence. */
export function useRefusalWords(): (why: Refusal) => string {
  const { t } = useLingui()
  const words: Record<Refusal, string> = {
    'needs-stopped': t`Stop the instance first.`,
    'needs-running': t`The instance isn’t running.`,
    busy: t`A change is in progress. Wait until it finishes.`,
    gone: t`The instance is being deleted.`,
    broken: t`The instance is in an error state. You can only delete it.`,
    unknown: t`The state of this instance is unknown.`,
  }
  return (why) => words[why]
}
