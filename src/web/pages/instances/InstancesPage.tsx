/** Every instance of every zone. What is looked for and how it is shown lives in the address. */
import { Trans, useLingui } from '@lingui/react/macro'
import { memo, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { useNavigate } from 'react-router'

import { useInventory } from '../../api/inventory.ts'
import { formatNumber } from '../../components/format.ts'
import { Button } from '../../ui/Button.tsx'
import { NoInstances } from '../../ui/drawings/NoInstances.tsx'
import { NoMatch } from '../../ui/drawings/NoMatch.tsx'
import { ZoneDark } from '../../ui/drawings/ZoneDark.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { InstanceDialogs } from './dialogs/InstanceDialogs.tsx'
import { BulkBar } from './list/BulkBar.tsx'
import { InstanceCards } from './list/InstanceCards.tsx'
import { InstanceGrid } from './list/InstanceGrid.tsx'
import { ListToolbar, StateFilter, type Change } from './list/ListToolbar.tsx'
import type { Sort } from './list/select-rows.ts'
import { useListView } from './list/use-list-view.ts'
import { useRows } from './list/use-rows.ts'
import { useSelection } from './list/use-selection.ts'

function LoadingRows() {
  const { t } = useLingui()
  return (
    <output
      aria-label={t`Loading the instances`}
      className="grid gap-3 rounded-lg border border-border bg-surface p-3"
    >
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-5 w-full" />
      ))}
    </output>
  )
}

const NewInstanceButton = memo(function NewInstanceButton() {
  const navigate = useNavigate()
  return (
    <Button variant="primary" onClick={() => void navigate('/instances/new')}>
      <Trans>New instance</Trans>
    </Button>
  )
})

function NothingShown({ total, onShowAll }: { total: number; onShowAll: () => void }) {
  const { t } = useLingui()
  const untold = useInventory(({ zones }) => zones.some((zone) => zone.at === undefined))
  if (total === 0 && untold)
    return (
      <EmptyState
        drawing={<ZoneDark />}
        title={t`Not every zone has told its instances yet.`}
      >
        <Trans>
          They are asked again by themselves; rows appear as soon as one answers.
        </Trans>
      </EmptyState>
    )
  if (total === 0)
    return (
      <EmptyState
        drawing={<NoInstances />}
        title={t`There is no instance yet in any zone.`}
        action={<NewInstanceButton />}
      />
    )
  const all = formatNumber(total)
  return (
    <EmptyState
      drawing={<NoMatch />}
      title={t`No instance matches this search and these filters.`}
      action={
        <Button onClick={onShowAll}>
          <Trans>Show all {all}</Trans>
        </Button>
      }
    />
  )
}

function useDownZones(): ReadonlySet<string> {
  const zones = useInventory((state) => state.zones)
  return useMemo(
    () => new Set(zones.filter(({ status }) => status === 'down').map(({ zone }) => zone)),
    [zones],
  )
}

export function InstancesPage() {
  const { t } = useLingui()
  const [view, change] = useListView()
  const loaded = useInventory((state) => state.loaded)
  const { total, found, counts, shown, names } = useRows(view)
  const selection = useSelection(shown)
  const downZones = useDownZones()
  const narrow = useMediaQuery('(width < 40rem)')
  // The grid and its rows are memoised; they call what the latest render meant through this.
  const latest = useRef({ toggle: selection.toggle, change })
  useLayoutEffect(() => {
    latest.current = { toggle: selection.toggle, change }
  })
  const toggle = useCallback(
    (key: string, range: boolean) => latest.current.toggle(key, range),
    [],
  )
  const onChange = useCallback<Change>((part) => latest.current.change(part), [])
  const onSort = useCallback((sort: Sort | null) => onChange({ sort }), [onChange])

  return (
    <>
      <title>{t`Instances · Vedette`}</title>
      <div className="flex items-center gap-3">
        <h1 tabIndex={-1} className="grow text-xl font-semibold">
          <Trans>Instances</Trans>
        </h1>
        <NewInstanceButton />
      </div>
      <StateFilter view={view} onChange={onChange} total={found} counts={counts} />
      <ListToolbar view={view} onChange={onChange} />
      <BulkBar selection={selection} downZones={downZones} />
      {!loaded && <LoadingRows />}
      {loaded && shown.length === 0 && (
        <NothingShown
          total={total}
          onShowAll={() => onChange({ text: '', state: null, zone: null })}
        />
      )}
      {shown.length > 0 &&
        (narrow ? (
          <InstanceCards {...{ rows: shown, names, selection, downZones }} />
        ) : (
          <InstanceGrid
            rows={shown}
            names={names}
            shown={view.columns}
            sort={view.sort}
            onSort={onSort}
            selection={selection}
            onToggle={toggle}
            downZones={downZones}
          />
        ))}
      <InstanceDialogs />
    </>
  )
}
