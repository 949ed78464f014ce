/** Lists the instances of all zones. Filters, sort and columns live in the address. */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  lazy,
  memo,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

import { useDownZones, useInventory } from '../../api/inventory.ts'
import { InstanceDialogs } from '../../instance/dialogs/InstanceDialogs.tsx'
import { useAway } from '../../stores/away.ts'
import { Contained } from '../../ui/Contained.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { InstanceGrid } from './list/InstanceGrid.tsx'
import { ListToolbar, StateFilter, type Change } from './list/ListToolbar.tsx'
import { loadCards, narrowScreen, useCards } from './list/load-cards.ts'
import { NewInstanceButton } from './list/NewInstanceButton.tsx'
import type { Names } from './list/select-rows.ts'
import type { Sort } from './list/sort-rows.ts'
import { useDefaultView } from './list/use-default-view.ts'
import { useListView } from './list/use-list-view.ts'
import { useNames } from './list/use-names.ts'
import { useRows } from './list/use-rows.ts'
import { useSelection, type Selection } from './list/use-selection.ts'

const AwayLine = lazy(async () => {
  const { AwayLine: component } = await import('./AwayLine.tsx')
  return { default: component }
})

// What most visits to the list don't show.
const BulkBar = lazy(async () => ({
  default: (await import('./list/BulkBar.tsx')).BulkBar,
}))
const ListNotices = lazy(async () => ({
  default: (await import('./list/ListNotices.tsx')).ListNotices,
}))

/** Only shown after an absence, so its code is loaded only then. */
function Away() {
  const since = useAway((state) => state.since)
  if (since === null) return null
  return (
    <Contained instead={null}>
      <Suspense>
        <AwayLine since={since} />
      </Suspense>
    </Contained>
  )
}

function LoadingRows() {
  const { t } = useLingui()
  return (
    <output
      aria-label={t`Loading instances`}
      className="grid gap-3 rounded-lg border border-border bg-surface p-3"
    >
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-5 w-full" />
      ))}
    </output>
  )
}

/** The cards, once they are there; loaded when the screen is narrow. */
function useLateCards(narrow: boolean) {
  const late = useCards()
  useEffect(() => {
    if (narrow) void loadCards()
  }, [narrow])
  if (narrow && late.error) throw late.error
  return late
}

/** The latest functions, by functions that stay the same: the grid and its rows are memoised. */
function useSteady(selection: Selection, change: Change) {
  const latest = useRef({ selection, change })
  useLayoutEffect(() => {
    latest.current = { selection, change }
  })
  const toggle = useCallback(
    (key: string, range: boolean) => latest.current.selection.toggle(key, range),
    [],
  )
  const toggleAll = useCallback(() => latest.current.selection.toggleAll(), [])
  const onChange = useCallback<Change>((part) => latest.current.change(part), [])
  const onSort = useCallback((sort: Sort | null) => onChange({ sort }), [onChange])
  return { toggle, toggleAll, onChange, onSort }
}

/** What is read for all rows is read outside of what each key in the search renders. */
export function InstancesPage() {
  const isOpening = useDefaultView()
  const names = useNames()
  return isOpening ? <LoadingRows /> : <List names={names} />
}

const List = memo(function List({ names }: { names: Names }) {
  const { t } = useLingui()
  const [view, change] = useListView()
  const loaded = useInventory((state) => state.loaded)
  const { total, found, counts, shown, lines, pending, unread, left } = useRows(view, names)
  const ready = loaded && !pending
  const isEmpty = ready && shown.length === 0
  const selection = useSelection(shown, lines)
  const downZones = useDownZones()
  const selecting = selection.rows.length > 0
  // The bar also has the question, which stays when the selection is cleared.
  const [hadSelection, setHadSelection] = useState(false)
  if (selecting && !hadSelection) setHadSelection(true)
  const narrow = useMediaQuery(narrowScreen)
  const late = useLateCards(narrow)
  const { toggle, toggleAll, onChange, onSort } = useSteady(selection, change)

  return (
    <>
      <title>{t`Instances · Vedette`}</title>
      <div
        className={`flex min-h-control items-center gap-3 ${selecting ? 'max-sm:sticky max-sm:top-0 max-sm:z-20 max-sm:bg-bg' : ''}`}
      >
        <h1
          tabIndex={-1}
          className={`text-xl font-semibold ${selecting ? 'max-sm:sr-only' : 'grow'}`}
        >
          <Trans>Instances</Trans>
        </h1>
        {hadSelection && (
          <Suspense>
            <BulkBar selection={selection} downZones={downZones} />
          </Suspense>
        )}
        <NewInstanceButton className={selecting ? 'max-2xl:hidden' : ''} />
      </div>
      <Away />
      <StateFilter view={view} onChange={onChange} total={found} counts={counts} />
      <ListToolbar
        view={view}
        onChange={onChange}
        rows={shown}
        names={names}
        isUnknown={counts === undefined}
      />
      {!(ready && (late.Cards || !narrow)) && <LoadingRows />}
      {(left > 0 || unread || isEmpty) && (
        <Contained instead={null}>
          <Suspense fallback={isEmpty && <LoadingRows />}>
            <ListNotices
              left={left}
              unread={unread}
              isEmpty={isEmpty}
              total={total}
              onShowAll={() => onChange({ text: '', state: null, zone: null })}
            />
          </Suspense>
        </Contained>
      )}
      {ready &&
        shown.length > 0 &&
        (narrow ? (
          late.Cards && <late.Cards {...{ lines, names, selection, downZones }} />
        ) : (
          <InstanceGrid
            lines={lines}
            count={shown.length}
            names={names}
            shown={view.columns}
            sort={view.sort}
            onSort={onSort}
            selection={selection}
            onToggle={toggle}
            onToggleAll={toggleAll}
            downZones={downZones}
          />
        ))}
      <InstanceDialogs />
    </>
  )
})
