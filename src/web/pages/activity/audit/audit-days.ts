/** Groups entries of the audit log by the day on which they began, in the reader's time zone. */
import type { AuditEntry } from '#contract/audit/audit.ts'

export type AuditDay = {
  key: string
  /** Epoch ms, somewhere in the day. */
  at: number
  entries: AuditEntry[]
}

const dayOf = (moment: number | Date): string => {
  const date = new Date(moment)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** The days in the order of the entries. A clock that was set back begins a day again. */
export function daysOf(entries: readonly AuditEntry[]): AuditDay[] {
  const days: AuditDay[] = []
  let last = ''
  for (const entry of entries) {
    const day = dayOf(entry.at)
    if (day !== last) days.push({ key: `${day} ${entry.seq}`, at: entry.at, entries: [] })
    last = day
    days.at(-1)?.entries.push(entry)
  }
  return days
}

/** Whether a moment is of today or of the day before; a day may have 23 or 25 hours. */
export function recentDay(at: number, now: number): 'today' | 'yesterday' | undefined {
  if (dayOf(at) === dayOf(now)) return 'today'
  const before = new Date(now)
  before.setDate(before.getDate() - 1)
  return dayOf(at) === dayOf(before) ? 'yesterday' : undefined
}
