/** Groups entries of the audit log by the day on which they began, in the reader's time zone. */
import type { AuditEntry } from '#contract/audit/audit.ts'

import { dayOf, startOfDay } from '../../../components/clock/wall-clock.ts'

export type AuditDay = {
  key: string
  /** Epoch ms, somewhere in the day. */
  at: number
  entries: AuditEntry[]
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

/** Whether a moment is of today or of the day before. */
export function recentDay(at: number, now: number): 'today' | 'yesterday' | undefined {
  if (dayOf(at) === dayOf(now)) return 'today'
  return dayOf(at) === dayOf(startOfDay(now, 1)) ? 'yesterday' : undefined
}
