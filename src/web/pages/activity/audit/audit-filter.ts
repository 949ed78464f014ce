/** Translates the filters of the audit log between the page's address and the server's query. */
import { auditResults, type AuditResult } from '#contract/audit/audit.ts'

import { momentOf, wallTime } from '../../../components/clock/wall-clock.ts'

export const auditRanges = ['hour', 'day', 'week', 'month', 'all', 'custom'] as const
export type AuditRange = (typeof auditRanges)[number]

/** What the page shows; empty texts don't filter. */
export type AuditView = {
  range: AuditRange
  /** Epoch ms, of a custom range. */
  from?: number | undefined
  until?: number | undefined
  person: string
  zone: string
  target: string
  result: AuditResult | ''
  text: string
}

const usual = 'week'
const hourMs = 3_600_000
const dayMs = 24 * hourMs

const spans: Record<AuditRange, number | undefined> = {
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  all: undefined,
  custom: undefined,
}

/** The server's limit. */
export const LONGEST_TEXT = 200

function momentIn(search: URLSearchParams, name: string): number | undefined {
  const moment = Date.parse(search.get(name) ?? '')
  return moment >= 0 ? moment : undefined
}

const textIn = (search: URLSearchParams, name: string) =>
  (search.get(name) ?? '').slice(0, LONGEST_TEXT)

export function readView(search: URLSearchParams): AuditView {
  const range = auditRanges.find((one) => one === search.get('range')) ?? usual
  const isCustom = range === 'custom'
  return {
    range,
    ...(isCustom
      ? { from: momentIn(search, 'from'), until: momentIn(search, 'until') }
      : {}),
    person: textIn(search, 'person'),
    zone: textIn(search, 'zone'),
    target: textIn(search, 'target'),
    result: auditResults.find((one) => one === search.get('result')) ?? '',
    text: textIn(search, 'q'),
  }
}

const written = (moment: number) => new Date(moment).toISOString().replace('.000Z', 'Z')

/** The part of the address that shows a view; the usual range isn't in it. */
export function writeView(view: AuditView): URLSearchParams {
  const { range, from, until, person, zone, target, result, text } = view
  const isCustom = range === 'custom'
  const members = {
    range: range === usual ? '' : range,
    from: isCustom && from !== undefined ? written(from) : '',
    until: isCustom && until !== undefined ? written(until) : '',
    person,
    zone,
    target,
    result,
    q: text,
  }
  return new URLSearchParams(Object.entries(members).filter(([, value]) => value !== ''))
}

/** Whether anything but the time restricts what is shown. */
export const isFiltered = ({ person, zone, target, result, text }: AuditView): boolean =>
  [person, zone, target, result, text].some(Boolean)

/** The query for the server at a moment. */
export function queryOf(
  { range, from, until, person, zone, target, result, text }: AuditView,
  now: number,
): URLSearchParams {
  const span = spans[range]
  const members = {
    from: span === undefined ? from : now - span,
    until,
    person,
    zone,
    target,
    result,
    text: text.trim(),
  }
  return new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  )
}

/** A custom range that begins where another does. */
export const customFrom = (
  { range }: AuditView,
  now: number,
): Pick<AuditView, 'range' | 'from' | 'until'> => {
  const start = now - (spans[range] ?? 7 * dayMs)
  return { range: 'custom', from: start - (start % 60_000) }
}

/** A moment as the browser's field for a date and a time has it, in the time zone in which times are shown. */
export const toField = (moment: number | undefined): string =>
  moment === undefined ? '' : wallTime(moment).slice(0, -3)

/** The moment in such a field; undefined if there is none, or none that the server takes. */
export function fromField(value: string): number | undefined {
  const moment = momentOf(value)
  return moment >= 0 ? moment : undefined
}
