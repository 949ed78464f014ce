/**
 * The screens of all machines that match: one shared, watching connection each for one
 * picture, then closed (grab-frame.ts). What is looked for and how it is shown lives in the
 * address.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useSearchParams } from 'react-router'

import { useInventory, type Row } from '../../api/inventory.ts'
import { sessionQuery } from '../../api/queries.ts'
import { InstanceDialogs } from '../../instance/dialogs/InstanceDialogs.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StateFilter } from '../instances/list/ListToolbar.tsx'
import { NothingShown } from '../instances/list/NothingShown.tsx'
import { useListView } from '../instances/list/use-list-view.ts'
import { useRows } from '../instances/list/use-rows.ts'
import { Tally } from './tally.ts'
import { hasScreen, readWall, screensFirst, writeWall } from './wall-view.ts'
import { WallGrid } from './WallGrid.tsx'
import { WallToolbar } from './WallToolbar.tsx'

/** `12 live · 3 paused · 1 without an answer · 4 off`. */
function CountLine({
  rows,
  tally,
  byItself,
}: {
  rows: readonly Row[]
  tally: Tally
  byItself: boolean
}) {
  const { t } = useLingui()
  const { live, starting, failed } = useSyncExternalStore(
    tally.subscribe,
    tally.getSnapshot,
  )
  const on = useMemo(() => rows.filter(hasScreen).length, [rows])
  const off = rows.length - on
  // Rows out of sight have no tile to tell of them.
  const paused = Math.max(0, on - live - starting - failed)
  const parts = [
    byItself ? t`${live} live` : t`${on} running`,
    byItself && starting > 0 && t`${starting} starting`,
    byItself && paused > 0 && t`${paused} paused`,
    failed > 0 && t`${failed} not responding`,
    off > 0 && t`${off} stopped`,
  ]
  return (
    <p className="text-sm text-muted tabular-nums">{parts.filter(Boolean).join(' · ')}</p>
  )
}

function LoadingTiles() {
  const { t } = useLingui()
  return (
    <output
      aria-label={t`Loading instances`}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-3"
    >
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-56 w-full rounded-lg" />
      ))}
    </output>
  )
}

export function WallPage() {
  const { t } = useLingui()
  const [list, changeList] = useListView()
  const [search, setSearch] = useSearchParams()
  const view = useMemo(() => readWall(search), [search])
  const loaded = useInventory((state) => state.loaded)
  const { total, found, counts, shown } = useRows(list)
  const sorted = list.sort !== null
  const rows = useMemo(() => (sorted ? shown : screensFirst(shown)), [sorted, shown])
  const { data: session } = useQuery(sessionQuery)
  const [round, setRound] = useState(0)
  const [tally] = useState(() => new Tally())
  // Until it is known where this is, nobody's screen is looked at.
  const byItself = session?.sandbox ?? false

  return (
    <>
      <title>{t`Wall · Vedette`}</title>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 tabIndex={-1} className="text-xl font-semibold">
          <Trans>Wall</Trans>
        </h1>
        {loaded && <CountLine rows={rows} tally={tally} byItself={byItself} />}
      </div>
      <StateFilter view={list} onChange={changeList} total={found} counts={counts} />
      <WallToolbar
        list={list}
        onList={changeList}
        view={view}
        onView={(part) =>
          setSearch((now) => writeWall(now, { ...readWall(now), ...part }), {
            replace: true,
          })
        }
        byItself={byItself}
        onLookAtAll={() => setRound((before) => before + 1)}
      />
      {session && !session.sandbox && (
        <Banner kind="info">
          <Trans>
            Screens load only when you ask, because a second viewer may disturb someone who
            is using the console.
          </Trans>
        </Banner>
      )}
      {!loaded && <LoadingTiles />}
      {loaded && rows.length === 0 && (
        <NothingShown
          total={total}
          onShowAll={() => changeList({ text: '', state: null, zone: null })}
        />
      )}
      {rows.length > 0 && <WallGrid rows={rows} {...{ view, byItself, round, tally }} />}
      <InstanceDialogs />
    </>
  )
}
