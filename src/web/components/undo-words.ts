import { useLingui } from '@lingui/react/macro'

import type { FollowedOperation } from '#contract/operation.ts'
import { undoOf } from '#contract/undo.ts'

/** What undoing an operation would do; undefined if it can't be undone. */
export function useUndoWords(): (operation: FollowedOperation) => string | undefined {
  const { t } = useLingui()
  return (operation) => {
    const undo = undoOf(operation)
    if (!undo) return undefined
    const { trace } = operation
    if (undo.how === 'remove-rule') return t`Remove the rule again`
    if (undo.how === 'ask') {
      const asked = {
        stop: t`Stop the instance again (asks for confirmation)`,
        scale: t`Change back to the previous size (stops and restarts the instance)`,
        'delete-snapshot': t`Delete this snapshot (asks for confirmation)`,
        'detach-volume': t`Detach the volume again (asks for confirmation)`,
      }
      return asked[undo.dialog]
    }
    const name = trace?.name?.before
    if (name !== undefined) return t`Rename back to ${name}`
    if (trace?.labels) return t`Restore the previous labels`
    if (trace?.consistent)
      return trace.consistent.before
        ? t`Turn application-consistent snapshots back on`
        : t`Turn application-consistent snapshots back off`
    if (undo.endpoint === 'delete-security-group')
      return t`Delete this security group again`
    if (undo.endpoint === 'add-rule-to-security-group') return t`Add the rule again`
    if (undo.endpoint === 'start-instance') return t`Start the instance again`
    if (undo.endpoint === 'add-instance-protection')
      return t`Turn deletion protection back on`
    if (undo.endpoint === 'remove-instance-protection')
      return t`Turn deletion protection back off`
    if (undo.endpoint === 'attach-instance-to-security-group')
      return t`Add to the security group again`
    if (undo.endpoint === 'detach-instance-from-security-group')
      return t`Remove from the security group again`
    return undo.endpoint.startsWith('attach') ? t`Attach again` : t`Detach again`
  }
}
