import { useLingui } from '@lingui/react/macro'

import type { FollowedOperation } from '#contract/feed.ts'
import { undoOf } from '#contract/trace.ts'

/** What taking an operation back would do; undefined where there is no way back. */
export function useUndoWords(): (operation: FollowedOperation) => string | undefined {
  const { t } = useLingui()
  return (operation) => {
    const undo = undoOf(operation)
    if (!undo) return undefined
    const { trace } = operation
    if (undo.how === 'ask') {
      const asked = {
        stop: t`Stops it again, after asking`,
        scale: t`Changes back to the size before: it stops and starts again`,
        'delete-snapshot': t`Deletes this snapshot, after asking`,
        'detach-volume': t`Detaches it again, after asking`,
      }
      return asked[undo.dialog]
    }
    if (trace?.name?.before !== undefined) return t`Renames it back to ${trace.name.before}`
    if (trace?.labels) return t`Puts its labels back as they were`
    if (trace?.consistent)
      return trace.consistent.before
        ? t`Turns application-consistent snapshots on again`
        : t`Turns application-consistent snapshots off again`
    if (undo.endpoint === 'start-instance') return t`Starts it again`
    if (undo.endpoint === 'add-instance-protection') return t`Locks it again`
    if (undo.endpoint === 'remove-instance-protection') return t`Unlocks it again`
    return undo.endpoint.startsWith('attach') ? t`Attaches it again` : t`Detaches it again`
  }
}
