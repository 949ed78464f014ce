/**
 * Marks rows that have been in a transitional state for too long. Time alone makes them so: nothing arrives
 * from the server at that moment.
 */
import { overdueAt, useInventory, type Rows } from './inventory.ts'
import { changeRows } from './rows.ts'

/** Browsers run a longer timer at once. */
const longestMs = 2 ** 31 - 1

/** `rows` with those marked that are overdue at `now`, in epoch ms; the same object if there is none. */
export function withOverdue(rows: Rows, now: number): Rows | undefined {
  const late = [...rows.values()].filter((row) => !row.overdue && overdueAt(row) <= now)
  if (late.length === 0) return undefined
  return changeRows(rows, new Map(late.map((row) => [row.key, { ...row, overdue: true }])))
}

/** Keeps the inventory's rows marked until the returned function is called. */
export function watchOverdue(): () => void {
  let timer = 0
  const plan = ({ rows }: { rows: Rows }) => {
    clearTimeout(timer)
    let next = Infinity
    for (const row of rows.values()) if (!row.overdue) next = Math.min(next, overdueAt(row))
    if (next === Infinity) return
    const pauseMs = Math.min(longestMs, Math.max(0, next - Date.now()))
    timer = window.setTimeout(mark, pauseMs)
  }
  const mark = () => {
    const { rows } = useInventory.getState()
    const marked = withOverdue(rows, Date.now())
    if (marked) useInventory.setState({ rows: marked })
    else plan({ rows })
  }
  const end = useInventory.subscribe((state, before) => {
    if (state.rows !== before.rows) plan(state)
  })
  plan(useInventory.getState())
  return () => {
    clearTimeout(timer)
    end()
  }
}
