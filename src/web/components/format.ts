/**
 * Formats numbers, times and lists for people, in the language of the page. All of them go
 * through here, so that one page never mixes the habits of two languages.
 */
import { formatNumber, i18n } from '../i18n.ts'
import { isUtc } from '../stores/time-zone.ts'
import { isNearClockChange, onTheWall } from './clock/clock-change.ts'

/** Formatters are expensive to make and are used in every row, so each is made once, for a language and a time zone. */
function perLanguage<T>(make: (locale: string) => T): () => T {
  let made: { for: string; value: T } | undefined
  return () => {
    // Set together with the language (i18n.ts).
    const locale = String(i18n.locales ?? i18n.locale)
    const now = `${locale} ${isUtc()}`
    if (made?.for !== now) made = { for: now, value: make(locale) }
    return made.value
  }
}

/** The data for French in Switzerland has a comma after the day of the week, which French doesn't write: *lundi 30 novembre 2026*. */
const localeFor = (locale: string, { weekday }: Intl.DateTimeFormatOptions) =>
  weekday && locale === 'fr-CH' ? 'fr' : locale

const inZone = (locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(
    localeFor(locale, options),
    isUtc() ? { ...options, timeZone: 'UTC' } : options,
  )

export const dateTimeFormat = (options: Intl.DateTimeFormatOptions) =>
  perLanguage((locale) => inZone(locale, options))

/** Parts two facts. A line may end with the dot but doesn't begin with it. */
export const dot = '\u00a0· '

/** Keeps a date together, and a time: a line may break between the two. */
export const unbroken = (text: string): string =>
  text.replaceAll(/[ \u2009](?!\d+[:.]\d\d[:.]\d\d)/g, '\u00a0')

// It is in i18n.ts because messages format the counts of their plurals by it.
export { formatNumber }

const smallNumber = perLanguage(
  (locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }),
)

/** A measured amount: below 1 with two significant digits, so that a small one isn't shown as 0. */
export function formatAmount(value: number): string {
  return Math.abs(value) < 1 ? smallNumber().format(value) : formatNumber(value)
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

// In French a byte is an *octet*.
const unitIn = perLanguage(
  (locale) => (unit: string) => (locale.startsWith('fr') ? unit.replace('B', 'o') : unit),
)

/** `GiB`, as the language writes it. */
export const gibUnit = () => unitIn()('GiB')

/** Bytes in powers of 1024, as Exoscale counts them: `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  let rest = bytes
  let unit = 0
  while (rest >= 1024 && unit < byteUnits.length - 1) {
    rest /= 1024
    unit += 1
  }
  return `${formatNumber(rest)}\u00a0${unitIn()(byteUnits[unit] ?? '')}`
}

/** Disks and volumes come in whole GiB and are compared in them: `10,240 GiB`. */
export function formatGib(gib: number): string {
  return `${formatNumber(gib)}\u00a0${gibUnit()}`
}

type Moment = string | number

/**
 * A moment in words. One that nobody can read is shown as the zone wrote it: a formatter would throw,
 * and a single row must not take its whole list away.
 */
function inWords(moment: Moment, words: (date: Date) => string): string {
  const date = new Date(moment)
  if (!Number.isNaN(date.getTime())) return words(date)
  return typeof moment === 'string' && moment.trim() ? moment : '?'
}

const zoneName = dateTimeFormat({ timeZoneName: 'short' })
// American English has no names for Europe's zones, which is where Exoscale is.
const britishZoneName = perLanguage(() => inZone('en-GB', { timeZoneName: 'short' }))

/** The names by offset and year, because reading one costs more than writing the rest of a time. */
const zoneNames = perLanguage(() => new Map<string, string>())

/** The name of the time zone at a date: `CET` or `CEST`, or `GMT+5:30` where there is no name. */
function zoneAt(date: Date): string {
  const key = `${date.getTimezoneOffset()} ${date.getFullYear()}`
  const known = zoneNames().get(key)
  if (known !== undefined) return known
  const [name = '', british = ''] = [zoneName, britishZoneName].map(
    (format) =>
      format()
        .formatToParts(date)
        .find(({ type }) => type === 'timeZoneName')?.value,
  )
  const shown = /\d/.test(name) ? british : name
  zoneNames().set(key, shown)
  return shown
}

/** A time, with its zone at least where the clocks change: 02:30 is there twice, or follows 01:59. */
function localTime(
  format: Intl.DateTimeFormat,
  moment: Moment,
  withZone = isNearClockChange(moment),
): string {
  return inWords(moment, (date) => {
    const text = unbroken(format.format(date))
    // A no-break space: a zone on a line of its own would belong to nothing.
    return withZone ? `${text}\u00a0${zoneAt(date)}` : text
  })
}

const dayAndTime = dateTimeFormat({ dateStyle: 'medium', timeStyle: 'medium' })

/** `Nov 27, 2026, 2:02:59 PM CET` */
export function formatDateTime(moment: Moment): string {
  return localTime(dayAndTime(), moment, true)
}

const clock = dateTimeFormat({ timeStyle: 'short' })

/** `14:02 CET` */
export function formatClock(moment: Moment): string {
  return localTime(clock(), moment, true)
}

const clockToTheSecond = dateTimeFormat({ timeStyle: 'medium' })

/** For rows of times, beside a date that has the zone: `14:02:59` */
export function formatClockSeconds(moment: Moment): string {
  return localTime(clockToTheSecond(), moment)
}

const dayOfThisYear = dateTimeFormat({ month: 'short', day: 'numeric' })
const monthOfAnother = dateTimeFormat({ month: 'short', year: 'numeric' })

/** A date for narrow columns: the day in this year, else month and year. */
export function formatShortDate(moment: Moment, now = new Date()): string {
  return inWords(moment, (date) => {
    const [year, yearNow] = [date, now].map((one) => onTheWall(+one).getUTCFullYear())
    const sameYear = year === yearNow
    return unbroken((sameYear ? dayOfThisYear : monthOfAnother)().format(date))
  })
}

const dayAlone = dateTimeFormat({ weekday: 'short', month: 'short', day: 'numeric' })

/** A day without its time: `Fri, Nov 27`. */
export function formatDay(moment: Moment): string {
  return inWords(moment, (date) => unbroken(dayAlone().format(date)))
}

const steps: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

type RelativeTime = { now: string; counted: Intl.RelativeTimeFormat }

const relativeTimeIn = (locale: string, style: 'long' | 'short'): RelativeTime => ({
  now: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second'),
  // With `auto`, what is 47 hours old would be from *yesterday*, beside a date that says otherwise.
  counted: new Intl.RelativeTimeFormat(locale, { numeric: 'always', style }),
})

/** The number stays with its unit. */
const ofUnit = (
  counted: Intl.RelativeTimeFormat,
  count: number,
  unit: Intl.RelativeTimeFormatUnit,
) => counted.format(count, unit).replace(/(?<=\d) /, '\u00a0')

function inLargestUnit({ now, counted }: RelativeTime, seconds: number): string {
  const step = steps.find(([, size]) => Math.abs(seconds) >= size)
  return step ? ofUnit(counted, Math.trunc(seconds / step[1]), step[0]) : now
}

const secondsFrom = (date: Date, now: number) => (date.getTime() - now) / 1000

const relativeTime = perLanguage((locale) => relativeTimeIn(locale, 'long'))

/** `3 hours ago`, `1 day ago`; less than a minute counts as now. */
export function formatRelative(moment: Moment, now: number): string {
  return inWords(moment, (date) => inLargestUnit(relativeTime(), secondsFrom(date, now)))
}

// Not `narrow`: in French that is `-20 s`.
const shortRelativeTime = perLanguage((locale) => relativeTimeIn(locale, 'short'))

/** The age of something that changes often: `20 sec. ago`, from two minutes on `2 min. ago`. */
export function formatAge(moment: Moment, now: number): string {
  return inWords(moment, (date) => {
    const seconds = Math.min(0, secondsFrom(date, now))
    const whole = Math.ceil(seconds)
    return seconds > -120 && whole < 0
      ? ofUnit(shortRelativeTime().counted, whole, 'second')
      : inLargestUnit(shortRelativeTime(), seconds)
  })
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

// Not type `unit`: in German that has no `und`.
const list = perLanguage(
  (locale) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' }),
)

/** `web-01, web-02 and db-01` */
export function formatList(items: Iterable<string>): string {
  return list().format(items)
}

const collator = perLanguage((locale) => new Intl.Collator(locale, { numeric: true }))

/** The order in which people look for names: `web-2` before `web-10`, `É` beside `E`. */
export function compareText(one: string, other: string): number {
  return collator().compare(one, other)
}
