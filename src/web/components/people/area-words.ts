/** Says in one sentence to what a person is limited. */
import { useLingui } from '@lingui/react/macro'

import { areaOf, labelTexts } from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

import { formatList } from '../format.ts'
import { zoneCity } from '../zone-city.ts'

/** The sentence of a person; undefined for one who isn't limited. */
export function useAreaWords(): (
  person: Pick<Person, 'role' | 'area'>,
) => string | undefined {
  const { t } = useLingui()
  return (person) => {
    const area = areaOf(person)
    if (!area) return undefined
    const labels = formatList(labelTexts(area))
    const zones = area.zones && formatList(area.zones.map(zoneCity))
    if (zones === undefined) return t`Only instances with ${labels}`
    return area.labels ? t`Only instances with ${labels} in ${zones}` : t`Only ${zones}`
  }
}
