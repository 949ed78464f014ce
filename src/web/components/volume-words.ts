import { useLingui } from '@lingui/react/macro'

import type { VolumeRefusal } from '#contract/volumes.ts'

/** Why nothing can be done with a volume now, in one sentence. */
export function useVolumeRefusalWords(): (why: VolumeRefusal) => string {
  const { t } = useLingui()
  const words: Record<VolumeRefusal, string> = {
    changing: t`A change is in progress. Wait until it finishes.`,
    broken: t`This volume is in an error state. You can only delete it.`,
    'attached-here': t`This volume is already attached to this instance.`,
    'attached-elsewhere': t`This volume is attached to another instance. Detach it there first.`,
    'not-attached': t`This volume isn’t attached to an instance.`,
    'still-attached': t`Detach this volume first.`,
    'holder-runs': t`Stop the instance or detach the volume first.`,
  }
  return (why) => words[why]
}

/** The words for a volume's state; an unknown state by its own name. */
export function useVolumeStateWords(): (state: string | undefined) => string {
  const { t } = useLingui()
  const words: Record<string, string> = {
    creating: t`Creating…`,
    attaching: t`Attaching…`,
    detaching: t`Detaching…`,
    snapshotting: t`Taking snapshot…`,
    deleting: t`Deleting…`,
    attached: t`Attached`,
    detached: t`Not attached`,
    error: t`Error`,
    deleted: t`Deleted`,
  }
  return (state = '') => words[state] ?? (state || t`Unknown`)
}
