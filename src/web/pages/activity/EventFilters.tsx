import { useLingui } from '@lingui/react/macro'

import type { ExoscaleEvent } from '#contract/events.ts'

import { useEndpointWords } from '../../components/operation-words.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { useAddress, withParameter } from '../../hooks/use-address.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FilterSelect } from '../../ui/FilterSelect.tsx'
import { useAtOnce } from '../../ui/use-at-once.ts'
import { daysOf, dayWords, readFilter, valuesOf } from './event-filter.ts'

/** Filters that live in the address, each with the values that occur in the events. */
export function EventFilters({ events }: { events: readonly ExoscaleEvent[] }) {
  const { t } = useLingui()
  const [search, setAddress] = useAddress()
  const wordsOf = useEndpointWords()
  const { who, what, zone, refused, day } = readFilter(search)
  const set = (key: string, value: string) => setAddress(withParameter(key, value))
  const [rejectedOnly, showRejectedOnly] = useAtOnce(refused ?? false, (next) =>
    set('answer', next ? 'refused' : ''),
  )
  const selects = [
    {
      key: 'who',
      label: t`User`,
      all: t`Everyone`,
      value: who,
      options: valuesOf(events, 'by', who).map((one) => [one, one] as const),
    },
    {
      key: 'what',
      label: t`Operation`,
      all: t`All operations`,
      value: what,
      options: valuesOf(events, 'handler', what).map((one) => [one, wordsOf(one)] as const),
    },
    {
      key: 'zone',
      label: t`Zone`,
      all: t`All zones`,
      value: zone,
      options: valuesOf(events, 'zone', zone).map((one) => [one, zoneCity(one)] as const),
    },
    {
      key: 'day',
      label: t`Day`,
      all: t`All days`,
      value: day,
      options: daysOf(events, day).map((one) => [one, dayWords(one)] as const),
    },
  ]
  return (
    <div className="flex flex-wrap items-center gap-2">
      {selects.map(({ key, label, all, value = '', options }) => (
        <FilterSelect
          key={key}
          aria-label={label}
          className="max-sm:min-w-[calc(50%-0.25rem)] sm:max-w-48 sm:min-w-0 sm:flex-1 sm:basis-36"
          value={value}
          onChoose={(next) => set(key, next)}
        >
          <option value="">{all}</option>
          {options.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </FilterSelect>
      ))}
      <Checkbox
        label={t`Rejected only`}
        checked={rejectedOnly}
        onChange={({ target }) => showRejectedOnly(target.checked)}
      />
    </div>
  )
}
