import type { Row } from '../api/inventory.ts'
import { offsetInName } from '../components/clock-change.ts'

type Named = Pick<Row, 'name' | 'id' | 'zone'>

/**
 * The name of a screenshot or recording: `web-01-ch-gva-2-20261123-140259.png`, in local time,
 * with its offset where the clocks change. Characters that file systems reject become underscores.
 */
export function fileName(row: Named, now: Date, ending: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('')
  const name = (row.name ?? row.id).replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return `${name}-${row.zone}-${day}-${time}${offsetInName(now.getTime())}.${ending}`
}
