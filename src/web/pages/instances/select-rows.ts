import type { Row } from '../../api/inventory.ts'

/** The rows a text finds, by name: in name, state, zone, address, id or a label. */
export function selectRows(rows: Iterable<Row>, text: string): Row[] {
  const wanted = text.trim().toLowerCase()
  const found = [...rows].filter((row) => {
    const labels = Object.entries(row.labels ?? {}).map(
      ([name, value]) => `${name}=${value}`,
    )
    const texts = [row.name, row.id, row.state, row.zone, row['public-ip'], ...labels]
    return texts.some((one) => one?.toLowerCase().includes(wanted))
  })
  const order = new Intl.Collator('en', { numeric: true })
  return found.sort(
    (a, b) => order.compare(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1),
  )
}
