/** Instances that people can't tell apart by their names. */
import { useInventory, type Row, type Rows } from '../../api/inventory.ts'

type Named = Pick<Row, 'name' | 'id'>

/** Names that differ in capitals or spaces alone are read as the same. */
const asRead = ({ name }: Named) => name?.trim().replaceAll(/\s+/g, ' ').toLowerCase() ?? ''

/** Whether an instance has a name that another one of `rows` has too. */
export function namesakeTest(rows: Iterable<Named>): (one: Named) => boolean {
  const first = new Map<string, string>()
  const repeated = new Set<string>()
  for (const row of rows) {
    const name = asRead(row)
    const known = first.get(name)
    if (known === undefined) first.set(name, row.id)
    else if (known !== row.id) repeated.add(name)
  }
  return (one) => {
    const name = asRead(one)
    // One that was deleted meanwhile is no longer among the rows.
    const other = first.get(name)
    return name !== '' && (repeated.has(name) || (other !== undefined && other !== one.id))
  }
}

/** The beginning of an id, as `exo` and the portal's lists are read: enough to tell a few apart. */
export const shortId = (id: string) => id.slice(0, 8)

/** One test for all rows of a long list: the rows are replaced whenever one of them changes. */
const tests = new WeakMap<Rows, (one: Named) => boolean>()

export function useIsNamesake(): (one: Named) => boolean {
  const rows = useInventory((state) => state.rows)
  const known = tests.get(rows) ?? namesakeTest(rows.values())
  tests.set(rows, known)
  return known
}
