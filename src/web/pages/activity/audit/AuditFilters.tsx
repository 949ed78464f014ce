/** The filters of the audit log, which live in the address. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Search, X } from 'lucide-react'
import { startTransition, useCallback, useEffect, useState } from 'react'

import { auditResults } from '#contract/audit/audit.ts'

import { useInventory } from '../../../api/inventory.ts'
import { compareText } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { Button } from '../../../ui/Button.tsx'
import { FilterSelect } from '../../../ui/FilterSelect.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import {
  auditRanges,
  customFrom,
  isFiltered,
  LONGEST_TEXT,
  type AuditRange,
} from './audit-filter.ts'
import { useResultWords } from './audit-words.ts'
import { CustomRange, type FilterProps } from './CustomRange.tsx'

const restMs = 300
const selectClass = 'sm:w-40 max-sm:min-w-[calc(50%-0.25rem)]'

/** What is typed is searched for after a short rest, or at once with Enter. */
function SearchBox({ view, onChange }: FilterProps) {
  const { t } = useLingui()
  const [typed, setTyped] = useState<string>()
  // What was typed gives way in the transition that renders its address: before that, the address has an older text.
  const search = useCallback(
    (text: string) =>
      startTransition(() => {
        onChange({ text })
        setTyped(undefined)
      }),
    [onChange],
  )
  // Outside system: the clock.
  useEffect(() => {
    if (typed === undefined) return
    const timer = setTimeout(() => search(typed), restMs)
    return () => clearTimeout(timer)
  }, [typed, search])
  return (
    <TextInput
      type="search"
      aria-label={t`Search audit log`}
      placeholder={t`Name, ID, IP address, event…`}
      maxLength={LONGEST_TEXT}
      prefix={<Search aria-hidden="true" />}
      value={typed ?? view.text}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && typed !== undefined) search(typed)
      }}
      className="min-w-48 grow max-sm:w-full"
    />
  )
}

function useRangeWords(): Record<AuditRange, string> {
  const { t } = useLingui()
  return {
    hour: t`Last hour`,
    day: t`Last 24 hours`,
    week: t`Last 7 days`,
    month: t`Last 30 days`,
    all: t`All time`,
    custom: t`Custom…`,
  }
}

const withAsked = (values: readonly string[], asked: string) =>
  [...new Set([...values, ...(asked ? [asked] : [])])].toSorted(compareText)

function TargetChip({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useLingui()
  return (
    <span className="inline-flex h-control max-w-[min(100%,24rem)] items-center gap-1 rounded-md border border-control bg-selected ps-2.5 text-sm">
      <span className="truncate" title={name}>
        <Trans>
          Only <bdi translate="no">{name}</bdi>
        </Trans>
      </span>
      <IconButton label={t`Remove filter: ${name}`} size="sm" onClick={onRemove}>
        <X />
      </IconButton>
    </span>
  )
}

/** One choice for each of the people, the results and the zones. */
function Choices({ view, people, onChange }: FilterProps & { people: readonly string[] }) {
  const { t } = useLingui()
  const resultWords = useResultWords()
  const zones = useInventory(({ zones: all }) => all)
  const { person, zone, result } = view
  const choices = [
    {
      key: 'person',
      label: t`Person`,
      all: t`Everyone`,
      value: person,
      options: withAsked(people, person).map((one) => ({ value: one, words: one })),
      areNames: true,
    },
    {
      key: 'result',
      label: t`Result`,
      all: t`All results`,
      value: result,
      options: auditResults.map((one) => ({ value: one, words: resultWords[one] })),
      areNames: false,
    },
    {
      key: 'zone',
      label: t`Zone`,
      all: t`All zones`,
      value: zone,
      options: withAsked(
        zones.map((one) => one.zone),
        zone,
      ).map((one) => ({ value: one, words: zoneCity(one) })),
      areNames: true,
    },
  ]
  return choices.map(({ key, label, all, value, options, areNames }) => (
    <FilterSelect
      key={key}
      aria-label={label}
      className={selectClass}
      value={value}
      onChoose={(next) => onChange({ [key]: next })}
    >
      <option value="">{all}</option>
      {options.map((one) => (
        <option key={one.value} value={one.value} translate={areNames ? 'no' : undefined}>
          {one.words}
        </option>
      ))}
    </FilterSelect>
  ))
}

export function AuditFilters({
  view,
  people,
  targetName,
  onChange,
  onClear,
}: FilterProps & {
  people: readonly string[]
  /** What the target is called. */
  targetName: string
  onClear: () => void
}) {
  const { t } = useLingui()
  const rangeWords = useRangeWords()
  const { range, target } = view
  return (
    <search aria-label={t`Filters`} className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          aria-label={t`Time range`}
          className={selectClass}
          value={range}
          onChoose={(chosen) => {
            const next = auditRanges.find((one) => one === chosen) ?? 'week'
            onChange(next === 'custom' ? customFrom(view, Date.now()) : { range: next })
          }}
        >
          {auditRanges.map((one) => (
            <option key={one} value={one}>
              {rangeWords[one]}
            </option>
          ))}
        </FilterSelect>
        <Choices view={view} people={people} onChange={onChange} />
        <SearchBox view={view} onChange={onChange} />
        {target && (
          <TargetChip name={targetName} onRemove={() => onChange({ target: '' })} />
        )}
        {(isFiltered(view) || range !== 'week') && (
          <Button variant="ghost" onClick={onClear}>
            <Trans>Clear filters</Trans>
          </Button>
        )}
      </div>
      {range === 'custom' && <CustomRange view={view} onChange={onChange} />}
    </search>
  )
}
