import { useLingui } from '@lingui/react/macro'

import type { Explanation, Happened, Meaning, NextStep } from '#contract/failure.ts'

/** A failure in three sentences: what happened, what it means, what to do next. */
export function useFailureWords(): (
  explanation: Explanation,
) => Record<keyof Explanation, string> {
  const { t } = useLingui()
  const happened: Record<Happened, string> = {
    busy: t`Another change was still running on it.`,
    conflict: t`The state it was in forbade this.`,
    incorrect: t`The platform did not take a value.`,
    forbidden: t`This key may not do that, or it is locked.`,
    'not-found': t`What it was about was gone.`,
    unavailable: t`The zone is short of something for it.`,
    unsupported: t`Its system or its size can’t do that.`,
    partial: t`Only some of it was done.`,
    interrupted: t`The platform was interrupted.`,
    fault: t`Something broke at the platform.`,
    unknown: t`The platform did not say why.`,
    timeout: t`The platform gave no answer in time.`,
  }
  const means: Record<Meaning, string> = {
    'nothing-changed': t`Nothing was changed.`,
    'still-off': t`It is still stopped.`,
    'still-on': t`It still runs.`,
    'power-open': t`It may run or not.`,
    'not-made': t`Nothing was made.`,
    'may-be-made': t`It may have been made all the same.`,
    'still-there': t`It is still there.`,
    'may-be-gone': t`It may be gone all the same.`,
    'no-copy': t`There is no copy of it.`,
    'copy-open': t`The copy may be there or not.`,
    'disk-as-it-was': t`Its disk is as it was.`,
    'disk-open': t`Its disk may be changed in part.`,
    'still-detached': t`It is still attached to nothing.`,
    'still-attached': t`It is still attached.`,
    'attachment-open': t`It may be attached or not.`,
    'change-open': t`It may have been changed all the same.`,
  }
  const next: Record<NextStep, string> = {
    'wait-and-repeat': t`Wait for the other to end, then repeat it.`,
    'look-and-repeat': t`Look at the state it is in now, then repeat it.`,
    'correct-it': t`Change the value, then repeat it.`,
    'unlock-or-ask': t`Unlock it, or ask who gave out the key.`,
    'look-at-the-list': t`The list shows what is there.`,
    'repeat-later': t`Repeat it later.`,
    'smaller-or-later': t`Try a smaller size, or repeat it later.`,
    'choose-another': t`Choose another system or size.`,
    'watch-it': t`It may still end: watch the state before repeating it.`,
    'look-at-its-screen': t`Look at its screen before you go on.`,
    'ask-support': t`Repeat it; if it fails again, ask the platform’s support.`,
  }
  return (explanation) => ({
    happened: happened[explanation.happened],
    means: means[explanation.means],
    next: next[explanation.next],
  })
}
