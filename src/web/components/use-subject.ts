import { useRow } from '../api/inventory.ts'

type About = { zone: string; instanceId?: string | undefined; subject?: string | undefined }

/**
 * The name of what an operation is about; empty if it is unknown. An instance that was requested without a name
 * has the one that its zone gave it.
 */
export function useSubject({ zone, instanceId = '', subject }: About): string {
  const row = useRow(zone, instanceId)
  return subject || row?.name || instanceId
}
