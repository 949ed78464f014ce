/**
 * Numbers and times as people read them: bytes in the powers of two that the platform counts
 * in, times in the browser's own English where it has one.
 */
const locale =
  (globalThis.navigator?.languages ?? []).find((one) => one.startsWith('en')) ?? 'en-GB'

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })

export function formatBytes(bytes: number): string {
  let rest = bytes
  let unit = 0
  while (rest >= 1024 && unit < units.length - 1) {
    rest /= 1024
    unit += 1
  }
  return `${amount.format(rest)} ${units[unit] ?? ''}`
}

export function formatNumber(value: number): string {
  return amount.format(value)
}

const dayAndTime = new Intl.DateTimeFormat(locale, {
  dateStyle: 'medium',
  timeStyle: 'medium',
})
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

type Moment = string | number

const dayOfThisYear = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
const monthOfAnother = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric' })

/** A date for narrow columns: the day in this year, else month and year. */
export function formatShortDate(moment: Moment, now = new Date()): string {
  const date = new Date(moment)
  const sameYear = date.getFullYear() === now.getFullYear()
  return (sameYear ? dayOfThisYear : monthOfAnother).format(date)
}

export function formatDateTime(moment: Moment): string {
  return dayAndTime.format(new Date(moment))
}

export function formatClock(moment: Moment): string {
  return clock.format(new Date(moment))
}

const list = new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' })

/** `a, b and c`, as the language joins a list. */
export function formatList(items: Iterable<string>): string {
  return list.format(items)
}

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `3 hours ago`; less than a minute counts as now. */
export function formatRelative(moment: Moment, now: number): string {
  const seconds = (new Date(moment).getTime() - now) / 1000
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step
    ? relative.format(Math.trunc(seconds / step[1]), step[0])
    : relative.format(0, 'second')
}

/** A span as a stopwatch shows it: `0:41`, `1:02:03`. Clocks that disagree never go below 0. */
export function formatElapsed(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const seconds = two(total % 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`
}
