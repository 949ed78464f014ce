/** Checks what a person is to be narrowed to, and reads it from its row. */
import {
  AREA_LABELS_MOST,
  AREA_ZONES_MOST,
  labelTexts,
  type Area,
} from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

import { isWhole } from '../store/kinds.ts'
import { refuse } from '../zone/refusals.ts'

const mostCharacters = 255

const isText = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.trim() === value &&
  value !== '' &&
  value.length <= mostCharacters &&
  isWhole(value)

function isZones(zones: unknown, isKnown: (zone: string) => boolean): zones is string[] {
  return (
    Array.isArray(zones) &&
    zones.length > 0 &&
    zones.length <= AREA_ZONES_MOST &&
    zones.every((zone) => isText(zone) && isKnown(zone))
  )
}

function isLabels(labels: unknown): labels is Record<string, string> {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return false
  const all: [string, unknown][] = Object.entries(labels)
  return (
    all.length > 0 &&
    all.length <= AREA_LABELS_MOST &&
    all.every(([key, value]) => isText(key) && isText(value))
  )
}

/**
 * What a request narrows a person to, null for nothing; throws a 400 for what isn't an `Area`. An empty list of
 * zones or labels is one, because it could be meant as all or as none.
 */
export function checkArea(
  area: unknown,
  isKnown: (zone: string) => boolean,
): Area | null | undefined {
  if (area === undefined || area === null) return area
  // What is no object has no members, and each is checked here.
  const { zones, labels, ...others } = Object(area) as Partial<Record<keyof Area, unknown>>
  const isArea =
    typeof area === 'object' &&
    Object.keys(others).length === 0 &&
    (zones !== undefined || labels !== undefined) &&
    (zones === undefined || isZones(zones, isKnown)) &&
    (labels === undefined || isLabels(labels))
  if (!isArea) throw refuse('invalid', 400, { code: 'bad-area', most: AREA_LABELS_MOST })
  return {
    ...(zones === undefined ? {} : { zones: [...new Set(zones)].toSorted() }),
    ...(labels === undefined ? {} : { labels }),
  }
}

/** As a person's row has it. */
export const areaText = (area: Area | null): string | null =>
  area === null ? null : JSON.stringify(area)

/** What a row narrows its person to. A text that can't be read narrows to nothing at all. */
export function areaIn(text: string | null): Pick<Person, 'area'> {
  if (text === null) return {}
  try {
    return { area: checkArea(JSON.parse(text), () => true) ?? { zones: [] } }
  } catch {
    return { area: { zones: [] } }
  }
}

/** As the audit log has it: `zones ch-gva-2; labels team=web`, or empty. */
export function areaWords(area: Area | null | undefined): string {
  if (!area) return ''
  const { zones } = area
  const parts = [
    ...(zones ? [`zones ${zones.join(', ')}`] : []),
    ...(area.labels ? [`labels ${labelTexts(area).join(', ')}`] : []),
  ]
  return parts.join('; ')
}
