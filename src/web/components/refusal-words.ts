import { useLingui } from '@lingui/react/macro'

import type { Refusal } from '#contract/lifecycle.ts'

/** Why an action is not possible now, in one sentence. */
export function useRefusalWords(): (why: Refusal) => string {
  const { t } = useLingui()
  const words: Record<Refusal, string> = {
    'needs-stopped': t`It has to be stopped first.`,
    'needs-running': t`It is not running.`,
    busy: t`It is changing: wait until that is done.`,
    gone: t`It is being deleted.`,
    broken: t`It is in error: only deleting it is possible.`,
    unknown: t`Its state is not known here.`,
  }
  return (why) => words[why]
}
