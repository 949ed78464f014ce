/** The calendar and the clock on the wall, in the time zone in which times are shown (stores/time-zone.ts). */
import { isUtc } from '../../stores/time-zone.ts'
import { isNearClockChange, minutesEast, onTheWall } from './clock-change.ts'

/** What the wall shows at a moment, to the second: `2026-11-27T14:02:59`. Empty for a moment that is none. */
export function wallTime(at: number): string {
  const date = onTheWall(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, -5)
}

/** The moment at which the wall shows a time, such as `2026-11-27T14:02`, in epoch ms; NaN if that is no time. */
export const momentOf = (shown: string): number => Date.parse(isUtc() ? `${shown}Z` : shown)

/** The date of a moment, as 2026-11-27. */
export const dayOf = (at: number): string => wallTime(at).split('T')[0] ?? ''

/** The moment at which a day began, `daysAgo` days before that of `at`, in epoch ms: a day may have 23 or 25 hours. */
export function startOfDay(at: number, daysAgo = 0): number {
  const date = new Date(at)
  if (isUtc()) {
    date.setUTCHours(0, 0, 0, 0)
    return date.setUTCDate(date.getUTCDate() - daysAgo)
  }
  date.setHours(0, 0, 0, 0)
  return date.setDate(date.getDate() - daysAgo)
}

/** The offset as it is written in file names, `+0200` or `Z`; nothing far from a change of local clocks. */
export function offsetInName(moment: number): string {
  if (isUtc()) return 'Z'
  if (!isNearClockChange(moment)) return ''
  const minutes = minutesEast(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  const distance = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}${two(distance % 60)}`
}
