/** Finds what an entry of the audit log is about. */
import type { AuditEntry } from '#contract/audit/audit.ts'

import { rowKey, useInventory } from '../../../api/inventory.ts'

export type AuditSubject = {
  id: string
  /** As it was called then; else as it is called now. */
  name: string | undefined
  /** The address of the instance, while it exists. */
  page: string | undefined
  isInstance: boolean
}

/** Events about an instance have it as their target, whatever else they name. */
const aboutInstance = /instance|console|create-snapshot|update-note|bulk-/

export function useAuditSubject({
  event,
  zone = '',
  target,
}: Pick<AuditEntry, 'event' | 'zone' | 'target'>): AuditSubject | undefined {
  const id = target?.id ?? ''
  const row = useInventory(({ rows }) => rows.get(rowKey(zone, id)))
  const name = target?.name ?? row?.name
  if (!id && !name) return undefined
  return {
    id,
    name,
    page: row && `/instances/${zone}/${id}`,
    isInstance: row !== undefined || (zone !== '' && aboutInstance.test(event)),
  }
}
