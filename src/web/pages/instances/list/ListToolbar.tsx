import { useLingui } from '@lingui/react/macro'
import { Columns3, Download, Rows3, Search } from 'lucide-react'
import { lazy, memo, Suspense, useEffect, useRef, type ReactNode } from 'react'

import { useInventory, type Row } from '../../../api/inventory.ts'
import { formatNumber } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { useOwnKeys } from '../../../stores/keys.ts'
import { takesKeys } from '../../../ui/Coming.tsx'
import { FilterChips } from '../../../ui/FilterChips.tsx'
import { FilterSelect } from '../../../ui/FilterSelect.tsx'
import { PopoverButton } from '../../../ui/PopoverButton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import type { PanelProps } from '../panels/Panel.tsx'
import { loadQueryTools, useQueryTools } from '../query/load-tools.ts'
import type { ListView } from './list-view.ts'
import { stateGroups, type Names, type StateGroup } from './select-rows.ts'

export type Change = (part: Partial<ListView>) => void
type ToolbarProps = { view: ListView; onChange: Change }
/** What the list shows, in its order. */
type Shown = { rows: readonly Row[]; names: Names; isUnknown: boolean }

type FilterProps = ToolbarProps & {
  total: number
  /** Undefined while what is filtered by isn't known. */
  counts: Record<StateGroup, number> | undefined
}

/** Counts that are filters too: a problem is seen and reached in one place. */
export function StateFilter({ view, onChange, total, counts }: FilterProps) {
  const { t } = useLingui()
  const words: Record<StateGroup, string> = {
    running: t`Running`,
    stopped: t`Stopped`,
    changing: t`In progress`,
    attention: t`Needs attention`,
  }
  // A phone shows the first of them.
  const isUrgent = Number(counts?.attention) > 0
  return (
    <FilterChips<StateGroup>
      label={t`State`}
      value={view.state}
      onChange={(state) => onChange({ state })}
      entries={[
        {
          value: null,
          label: t`All`,
          count: counts && formatNumber(total),
          className: isUrgent ? 'max-sm:-order-2' : '',
        },
        ...stateGroups.map((state) => ({
          value: state,
          label: words[state],
          count: counts && formatNumber(counts[state]),
          className: isUrgent && state === 'attention' ? 'max-sm:-order-1' : '',
        })),
      ]}
    />
  )
}

/** Where letters are text, or belong to a machine. */
const takesLetters = 'input,textarea,select,[contenteditable],[role=application]'

/** Plain words work at once; what helps to write a query is loaded when the box is first used. */
export function SearchBox({
  view,
  onChange,
  names,
  className = 'max-sm:basis-full',
}: ToolbarProps & { names: Names; className?: string }) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const tools = useQueryTools((state) => state.tools)
  const searchKey = useOwnKeys(({ own }) => own['search'] ?? '/')
  // From anywhere on the page, and at once: the other keys come later (layouts/palette).
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event
      if (key !== searchKey || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector(takesKeys)) return
      if (target instanceof Element && target.closest(takesLetters)) return
      event.preventDefault()
      input.current?.select()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [searchKey])
  return (
    <div className={`relative min-w-48 grow basis-48 ${className}`}>
      <TextInput
        ref={input}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select takes no free words
        role="combobox"
        aria-label={t`Search instances`}
        aria-keyshortcuts={searchKey}
        aria-autocomplete="list"
        aria-controls="query-suggestions"
        aria-expanded={false}
        enterKeyHint="search"
        spellCheck={false}
        placeholder={t`Name, IP address, label, size…`}
        prefix={<Search aria-hidden="true" />}
        suffix={<span />}
        value={view.text}
        onFocus={() => void loadQueryTools()}
        onChange={({ target }) => onChange({ text: target.value })}
      />
      {tools && (
        <tools.QueryAid
          input={input}
          text={view.text}
          names={names}
          onText={(text) => onChange({ text })}
        />
      )}
    </div>
  )
}

// Their buttons are shown at once, and what they open is loaded when one is opened.
const Panel = lazy(async () => ({
  default: (await import('../panels/Panel.tsx')).Panel,
}))

const panelIcons: Record<PanelProps['kind'], ReactNode> = {
  views: null,
  export: <Download />,
  arrange: <Rows3 />,
  columns: <Columns3 />,
}

/** Cards have no columns. Words without icons share one line, and the one without words is beside the search. */
const onPhone: Partial<Record<PanelProps['kind'], string>> = {
  views: 'max-sm:[&>svg]:hidden',
  arrange: 'max-sm:[&>svg]:hidden',
  export: 'max-sm:-order-1',
  columns: 'max-sm:hidden',
}

/** A typed key renders the search box alone: the rest is memoised. */
const PanelButton = memo(function PanelButton({
  title,
  ...panel
}: PanelProps & { title: string }) {
  const { t } = useLingui()
  const { kind } = panel
  return (
    <PopoverButton
      title={title}
      icon={panelIcons[kind]}
      className={onPhone[kind] ?? ''}
      label={kind === 'export' ? title : undefined}
      variant="secondary"
      content={
        <Suspense fallback={<Spinner label={t`Loading…`} />}>
          <Panel {...panel} />
        </Suspense>
      }
    >
      {kind !== 'export' && title}
    </PopoverButton>
  )
})

export const ZoneChoice = memo(function ZoneChoice({
  zone,
  onChange,
}: {
  zone: string | null
  onChange: Change
}) {
  const { t } = useLingui()
  const zones = useInventory((state) => state.zones)
  return (
    <FilterSelect
      aria-label={t`Zone`}
      value={zone ?? ''}
      onChoose={(next) => onChange({ zone: next || null })}
    >
      <option value="">{t`All zones`}</option>
      {zones.map((one) => (
        <option key={one.zone} value={one.zone}>
          {zoneCity(one.zone)}
        </option>
      ))}
    </FilterSelect>
  )
})

export function ListToolbar({ view, onChange, ...shown }: ToolbarProps & Shown) {
  const { t } = useLingui()
  const { columns, sort, group, favoritesFirst } = view
  // Of one sort there are many objects, and the button is memoised.
  const { column: sortColumn = null, descending = false } = sort ?? {}
  return (
    <div className="flex flex-wrap items-start gap-2">
      <SearchBox
        view={view}
        onChange={onChange}
        names={shown.names}
        // A phone has the search and, beside it, the button without words on the first line.
        className="max-sm:-order-2 max-sm:basis-[calc(100%-3.5rem)]"
      />
      <ZoneChoice zone={view.zone} onChange={onChange} />
      <PanelButton kind="views" title={t`Views`} />
      <PanelButton
        kind="arrange"
        title={t`Arrange`}
        {...{ sortColumn, descending, group, favoritesFirst, onChange }}
      />
      <PanelButton kind="export" title={t`Export`} {...shown} />
      <PanelButton kind="columns" title={t`Columns`} {...{ columns, onChange }} />
    </div>
  )
}
