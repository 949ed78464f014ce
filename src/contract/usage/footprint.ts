/**
 * Reads Exoscale's impact report, which is in beta: two maps whose keys and units aren't documented. Each number in them
 * is a measure; which of them is the climate's is told by its name (docs/platform.md#usage).
 */
import { isObject, numberOf } from './usage.ts'

export type Measure = {
  /** As Exoscale writes it. */
  name: string
  /** Undefined if the report doesn't say it. */
  unit: string | undefined
  /** Undefined if the report has it for zones only, or not as a number. */
  total: number | undefined
  zones: { zone: string; value: number }[]
  /** The mass of greenhouse gases. */
  isClimate: boolean
}

const climate = /co2|carbon|gwp|climate|ghg/i
/** A unit at the end of a name, such as `co2e-kg`. */
const unitAtEnd = /[-_ (](kg|g|t|kwh|wh|mwh|l|m3|kgco2e?q?|kgsbe?q?|mj)\)?$/i

type Value = { value: number; unit: string | undefined }

/** A number, or an object with one and its unit. */
function valueOf(found: unknown): Value | undefined {
  const plain = numberOf(found)
  if (plain !== undefined) return { value: plain, unit: undefined }
  if (!isObject(found)) return undefined
  const value = [found['value'], found['amount'], found['quantity'], found['total']]
    .map(numberOf)
    .find((one) => one !== undefined)
  const { unit } = found
  if (value === undefined) return undefined
  return { value, unit: typeof unit === 'string' && unit ? unit : undefined }
}

/** The measures of the report, the climate's first; an empty answer has none; undefined for what is no report. */
export function readFootprint(answer: unknown): Measure[] | undefined {
  if (!isObject(answer)) return undefined
  const isReport = 'impact' in answer || 'zones' in answer
  if (!isReport && Object.keys(answer).length > 0) return undefined
  const { impact = {}, zones = {} } = answer
  if (!isObject(impact) || !isObject(zones)) return undefined
  const measures = new Map<string, Measure>()
  const measureOf = (name: string, unit: string | undefined): Measure => {
    const known = measures.get(name)
    const measure = known ?? {
      name,
      unit: unitAtEnd.exec(name)?.[1],
      total: undefined,
      zones: [],
      isClimate: climate.test(name),
    }
    measure.unit = unit ?? measure.unit
    measures.set(name, measure)
    return measure
  }
  for (const [name, found] of Object.entries(impact)) {
    const read = valueOf(found)
    measureOf(name, read?.unit).total = read?.value
  }
  for (const [zone, own] of Object.entries(zones)) {
    if (!isObject(own)) continue
    // A zone's measures may be in an `impact` of its own, as the whole report's are.
    const inside = isObject(own['impact']) ? own['impact'] : own
    for (const [name, found] of Object.entries(inside)) {
      const read = valueOf(found)
      if (read) measureOf(name, read.unit).zones.push({ zone, value: read.value })
    }
  }
  for (const { zones: all } of measures.values()) all.sort((a, b) => b.value - a.value)
  return [...measures.values()].toSorted(
    (a, b) => Number(b.isClimate) - Number(a.isClimate),
  )
}
