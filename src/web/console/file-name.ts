import type { Row } from '../api/inventory.ts'

type Named = Pick<Row, 'name' | 'id' | 'zone'>

/** `web-01-ch-gva-2-20261123-140259.png`, in local time; what no file name takes is left out. */
export function fileName(row: Named, now: Date, ending: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('')
  const name = (row.name ?? row.id).replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return `${name}-${row.zone}-${day}-${time}.${ending}`
}

export const pictureName = (row: Named, now: Date): string => fileName(row, now, 'png')

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
