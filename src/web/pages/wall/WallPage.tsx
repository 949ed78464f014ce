/**
 * Shows the screens of all matching instances. Each screenshot takes one shared, view-only
 * connection (grab-frame.ts). Filters and view are in the page's address.
 */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'

import { useInventory, type Row } from '../../api/inventory.ts'
import { sessionQuery } from '../../api/queries.ts'
import { dot } from '../../components/format.ts'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { InstanceDialogs } from '../../instance/dialogs/InstanceDialogs.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ListNotices } from '../instances/list/ListNotices.tsx'
import { StateFilter } from '../instances/list/ListToolbar.tsx'
import { useListView } from '../instances/list/use-list-view.ts'
import { useNames } from '../instances/list/use-names.ts'
import { useRows } from '../instances/list/use-rows.ts'
import { Tally } from './tally.ts'
import { countScreens, readWall, screensFirst, writeWall } from './wall-view.ts'
import { WallGrid } from './WallGrid.tsx'
import { WallToolbar } from './WallToolbar.tsx'

function useCountWords() {
  const { t } = useLingui()
  return {
    live: (count: number) => t`${plural(count, { one: '# live', other: '# live' })}`,
    loading: (count: number) =>
      t`${plural(count, { one: '# loading', other: '# loading' })}`,
    starting: (count: number) =>
      t`${plural(count, { one: '# starting', other: '# starting' })}`,
    paused: (count: number) => t`${plural(count, { one: '# paused', other: '# paused' })}`,
    unseen: (count: number) =>
      t`${plural(count, { one: '# out of view', other: '# out of view' })}`,
    failed: (count: number) =>
      t`${plural(count, { one: '# not responding', other: '# not responding' })}`,
    running: (count: number) =>
      t`${plural(count, { one: '# running', other: '# running' })}`,
    changing: (count: number) =>
      t`${plural(count, { one: '# in progress', other: '# in progress' })}`,
    stopped: (count: number) =>
      t`${plural(count, { one: '# stopped', other: '# stopped' })}`,
    attention: (count: number) =>
      t`${plural(count, { one: '# needs attention', other: '# need attention' })}`,
  }
}

/** `12 live · 3 out of view · 4 stopped · 1 needs attention`: separate facts, each a message. */
function CountLine({
  rows,
  tally,
  automatic,
  paused,
}: {
  rows: readonly Row[]
  tally: Tally
  automatic: boolean
  /** By a person. */
  paused: boolean
}) {
  const words = useCountWords()
  const { live, loading, starting, failed } = useSyncExternalStore(
    tally.subscribe,
    tally.getSnapshot,
  )
  const counts = useMemo(() => countScreens(rows), [rows])
  // Rows out of sight have no tile that could report them.
  const rest = Math.max(0, counts.on - live - loading - starting - failed)
  const parts: [what: keyof typeof words, count: number][] = [
    automatic ? ['live', live] : ['running', counts.running],
    ['loading', loading],
    ['starting', automatic ? starting : 0],
    [paused ? 'paused' : 'unseen', automatic ? rest : 0],
    ['failed', failed],
    ['changing', automatic ? counts.leaving : counts.changing],
    ['stopped', counts.stopped],
    ['attention', counts.attention],
  ]
  return (
    <p className="text-sm text-muted tabular-nums">
      {parts
        .filter(([, count], index) => index === 0 || count > 0)
        .map(([what, count]) => words[what](count))
        .join(dot)}
    </p>
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

function WallTitle({ children }: { children?: ReactNode }) {
  const { t } = useLingui()
  return (
    <div className="flex min-h-control flex-wrap items-center gap-x-4 gap-y-1">
      <title>{t`Wall · Vedette`}</title>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        <Trans>Wall</Trans>
      </h1>
      {children}
    </div>
  )
}

export function WallPage() {
  const { t } = useLingui()
  const [list, changeList] = useListView()
  const [search, setAddress] = useAddress()
  const view = useMemo(() => readWall(search), [search])
  const loaded = useInventory((state) => state.loaded)
  const names = useNames()
  const { total, found, counts, shown, pending, unread, left } = useRows(list, names)
  const ready = loaded && !pending
  const sorted = list.sort !== null || list.favoritesFirst
  const rows = useMemo(() => (sorted ? shown : screensFirst(shown)), [sorted, shown])
  const { data: session } = useQuery(sessionQuery)
  const [round, setRound] = useState(0)
  const [tally] = useState(() => new Tally())
  // No screen is loaded until the session is known: only the sandbox loads them automatically.
  const automatic = session?.sandbox ?? false
  const block = useRoleBlock()('get-console-proxy-url')

  if (block)
    return (
      <>
        <WallTitle />
        <EmptyState title={t`Your role doesn’t include screens`}>{block}</EmptyState>
      </>
    )

  return (
    <>
      <WallTitle>
        {ready && counts && (
          <CountLine {...{ rows, tally, automatic }} paused={view.paused} />
        )}
      </WallTitle>
      <StateFilter view={list} onChange={changeList} total={found} counts={counts} />
      <WallToolbar
        list={list}
        names={names}
        onList={changeList}
        view={view}
        onView={(part) =>
          setAddress((now) => writeWall(now, { ...readWall(now), ...part }))
        }
        automatic={automatic}
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
      {!ready && <LoadingTiles />}
      {(left > 0 || unread || (ready && rows.length === 0)) && (
        <ListNotices
          left={left}
          unread={unread}
          isEmpty={ready && rows.length === 0}
          total={total}
          onShowAll={() => changeList({ text: '', state: null, zone: null })}
        />
      )}
      {ready && rows.length > 0 && (
        <WallGrid rows={rows} {...{ view, automatic, round, tally }} />
      )}
      <InstanceDialogs />
    </>
  )
}
