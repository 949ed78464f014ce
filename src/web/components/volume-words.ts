import { useLingui } from '@lingui/react/macro'

import type { VolumeRefusal } from '#contract/volumes.ts'

/** Why nothing can be done with a volume now, in one sentence. */
export function useVolumeRefusalWords(): (why: VolumeRefusal) => string {
  const { t } = useLingui()
  const words: Record<VolumeRefusal, string> = {
    changing: t`It is changing: wait until that is done.`,
    broken: t`It is broken, and can only be deleted.`,
    'attached-here': t`It is attached to this instance already.`,
    'attached-elsewhere': t`It is attached to another instance: detach it there first.`,
    'not-attached': t`It is attached to nothing.`,
    'still-attached': t`It is attached: detach it first.`,
    'holder-runs': t`Stop the instance that has it first, or detach it.`,
  }
  return (why) => words[why]
}

/** What a volume is doing, by the platform's state; one without words by its name. */
export function useVolumeStateWords(): (state: string | undefined) => string {
  const { t } = useLingui()
  const words: Record<string, string> = {
    creating: t`Being made…`,
    attaching: t`Being attached…`,
    detaching: t`Being detached…`,
    snapshotting: t`Being copied…`,
    deleting: t`Being deleted…`,
    attached: t`Attached`,
    detached: t`Free`,
    error: t`Broken`,
    deleted: t`Deleted`,
  }
  return (state = '') => words[state] ?? (state || t`Not known`)
}
