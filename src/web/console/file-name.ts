import type { Row } from '../api/inventory.ts'
import { offsetInName, wallTime } from '../components/clock/wall-clock.ts'

type Named = Pick<Row, 'name' | 'id' | 'zone'>

/**
 * The name of a screenshot or recording: `web-01-ch-gva-2-20261123-140259.png`, in local time
 * with its offset where the clocks change, or in UTC with a Z. Characters that file systems reject become underscores.
 */
export function fileName(row: Named, now: Date, ending: string): string {
  const time = wallTime(now.getTime()).replaceAll(/[-:]/g, '').replace('T', '-')
  const name = (row.name ?? row.id).replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return `${name}-${row.zone}-${time}${offsetInName(now.getTime())}.${ending}`
}
