/** Shows one instance on the wall: its name, its screen, and the screenshot's age. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Monitor, ScanEye } from 'lucide-react'
import { memo, useEffect, useRef, useState, type ReactNode } from 'react'

import { mayHaveScreen } from '#contract/lifecycle.ts'

import { rowKey, type Row } from '../../api/inventory.ts'
import { Age } from '../../components/Age.tsx'
import { InstanceMarks } from '../../components/InstanceMarks.tsx'
import { InstanceState } from '../../components/InstanceState.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { useActions } from '../../instance/actions.tsx'
import { useReasonWords } from '../../screen/connection-words.ts'
import { NoScreen } from '../../screen/glance/NoScreen.tsx'
import type { Look } from '../../screen/glance/screen-watch.ts'
import { ScreenPicture } from '../../screen/glance/ScreenPicture.tsx'
import { useScreenWatch } from '../../screen/glance/use-screen-watch.ts'
import { ScreenLink } from '../../screen/ScreenLink.tsx'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { groupOf } from '../instances/list/select-rows.ts'
import type { Tally, TileStatus } from './tally.ts'
import { useInView } from './use-in-view.ts'

type ScreenTileProps = {
  row: Row
  /** The zone doesn't respond, so the state may be an old one. */
  stale: boolean
  /** The one tile that Tab comes to. */
  active: boolean
  pictureWidth: number
  /** Between two screenshots; null: only on request. */
  everyMs: number | null
  /** Automatic screenshots are paused, which the tile shows. */
  paused: boolean
  blurred: boolean
  /** Without hovering, the actions are always shown. */
  touch: boolean
  /** Counts up when all tiles in view take one screenshot. */
  round: number
  tally: Tally
}

const changedMs = 3_000

function TileHead({ row, name }: { row: Row; name: string }) {
  return (
    <div className="flex h-9 min-w-0 items-center gap-2 px-2.5 text-sm">
      <bdi translate="no" title={name} className="min-w-0 grow truncate font-medium">
        {name}
      </bdi>
      <InstanceState
        state={row.state}
        overdue={row.overdue}
        className="shrink-0 text-xs/5.5"
      />
    </div>
  )
}

/** The bar that comes up over the screenshot. */
function TileActions({
  row,
  active,
  touch,
}: Pick<ScreenTileProps, 'row' | 'active' | 'touch'>) {
  const actions = useActions(row)
  const { label, icon, disabledReason, run } =
    row.state === 'stopped' ? actions.start : actions.reboot
  const tabIndex = active ? 0 : -1
  return (
    <div
      className={`absolute inset-x-0 bottom-0 flex justify-end gap-1 bg-veil p-1.5 ${touch ? '' : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100'}`}
    >
      <ScreenLink row={row} tabIndex={tabIndex} className={buttonClass({ size: 'sm' })}>
        <Monitor aria-hidden="true" />
        <Trans context="verb">Open</Trans>
      </ScreenLink>
      <Button size="sm" title={label} {...{ icon, disabledReason, tabIndex }} onClick={run}>
        {/* Both words fit into no small tile. */}
        <span className="@max-[16rem]/tile:sr-only">{label}</span>
      </Button>
    </div>
  )
}

/** Shows a message in the middle of a tile, over the last screenshot if there is one. */
function Word({ quiet = false, children }: { quiet?: boolean; children: ReactNode }) {
  const ink = quiet ? 'text-muted' : 'text-white [text-shadow:0_0_4px_#000]'
  return (
    <div
      className={`absolute inset-0 flex flex-col items-center justify-center gap-2 p-3 text-center text-xs ${ink}`}
    >
      {children}
    </div>
  )
}

function Changed({ at }: { at: number }) {
  const now = useNow()
  if (now - at > changedMs) return null
  return (
    <span className="font-medium text-accent">
      <Trans>Changed</Trans>
    </span>
  )
}

type LookButton = { name: string; tabIndex: number; onLook: () => void }

function Refresh({ name, tabIndex, onLook }: LookButton) {
  const { t } = useLingui()
  return (
    <IconButton
      size="sm"
      label={t`Refresh screenshot of ${name}`}
      tabIndex={tabIndex}
      onClick={onLook}
    >
      <ScanEye />
    </IconButton>
  )
}

/** The line below the screenshot. */
function TileFoot({
  row,
  stale,
  look,
  status,
  refresh,
}: {
  row: Row
  stale: boolean
  look: Look
  status: TileStatus | 'off'
  /** The button that takes the next screenshot, if that is only done on request. */
  refresh: ReactNode
}) {
  const { frame, changedAt, looking } = look
  // In words: dozens of spinners would have the browser draw the whole wall for each frame.
  const loads =
    status === 'loading' || (looking && status !== 'live' && status !== 'starting')
  return (
    <p className="flex h-7 items-center gap-2 px-2.5 text-xs whitespace-nowrap has-[button]:pe-0.5 has-[button]:pointer-coarse:h-11 text-muted tabular-nums">
      {stale && <Trans>Not up to date</Trans>}
      {status === 'paused' && <Trans>Paused</Trans>}
      {status === 'failed' && (
        <span className="text-error">
          <Trans>Not responding</Trans>
        </span>
      )}
      {frame && (
        <span data-age={frame.at}>
          {loads ? <Trans>Loading…</Trans> : <Age at={frame.at} />}
        </span>
      )}
      {!frame && !looking && status === 'unseen' && <Trans>No screenshot yet</Trans>}
      {!frame && loads && <Trans>Loading screenshot…</Trans>}
      {changedAt !== undefined && status === 'live' && <Changed at={changedAt} />}
      <span className="ms-auto flex items-center gap-2">
        {row.mark && <InstanceMarks row={row} />}
        {refresh}
      </span>
    </p>
  )
}

/** What covers the screen: why there is none, or the button that takes a screenshot. */
function TileMessage({
  look,
  row,
  name,
  onRequest,
  tabIndex,
  onLook,
}: LookButton & {
  look: Look
  row: Row
  /** Screenshots are taken only on request. */
  onRequest: boolean
}) {
  const { t } = useLingui()
  const reasonWords = useReasonWords()
  const { frame, looking, reason } = look
  const on = mayHaveScreen(row.state)
  const starting = row.state === 'starting'
  const why = starting ? '' : reasonWords(reason)
  return (
    <div className="pointer-events-none absolute inset-0 *:pointer-events-none [&_button]:pointer-events-auto">
      {(!on || (starting && (!onRequest || looking))) && (
        <Word quiet={!on && !frame}>
          <NoScreen row={row} hasFrame={frame !== undefined} />
        </Word>
      )}
      {why && <Word>{why}</Word>}
      {on && !why && !frame && looking && !starting && (
        <Word quiet>
          <Monitor aria-hidden="true" />
        </Word>
      )}
      {on && onRequest && !looking && !frame && (
        <Word>
          <NoScreen row={row} hasFrame={false} />
          <Button
            size="sm"
            tabIndex={tabIndex}
            aria-label={t`Take screenshot of ${name}`}
            onClick={onLook}
          >
            <Trans>Take screenshot</Trans>
          </Button>
        </Word>
      )}
    </div>
  )
}

type Situation = { starting: boolean; watched: boolean; paused: boolean }

/** A starting instance has no screen yet, which isn't a failure. Paused is what a person paused. */
function statusOf(look: Look, { starting, watched, paused }: Situation): TileStatus {
  if (starting && !look.frame) return 'starting'
  if (look.reason) return 'failed'
  if (watched) return look.frame ? 'live' : 'loading'
  return paused ? 'paused' : 'unseen'
}

/** Calls back once for each new round: a person requested a screenshot of everything in view. */
function useRound(round: number, onRound: () => void): void {
  const last = useRef(round)
  useEffect(() => {
    if (last.current === round) return
    last.current = round
    onRound()
  })
}

export const ScreenTile = memo(function ScreenTile(props: ScreenTileProps) {
  const { row, stale, active, pictureWidth, everyMs, paused } = props
  const { blurred, touch, round, tally } = props
  const { t } = useLingui()
  const tile = useRef<HTMLDivElement>(null)
  const inView = useInView(tile)
  const [hovered, setHovered] = useState(false)
  const starting = row.state === 'starting'
  const on = mayHaveScreen(row.state)
  const watched = on && inView && everyMs !== null
  const { look, lookNow } = useScreenWatch(row, pictureWidth, watched ? everyMs : null)
  const status = statusOf(look, { starting, watched, paused })
  const key = rowKey(row.zone, row.id)
  const name = row.name ?? row.id

  // The counts beside the title are kept outside React. What needs attention is counted as such.
  const counted = on && groupOf(row) !== 'attention'
  useEffect(() => {
    tally.tell(key, counted ? status : undefined)
    return () => tally.tell(key, undefined)
  }, [tally, key, counted, status])

  useRound(round, () => on && inView && lookNow())

  const { frame, changedAt } = look
  const old = !on || status === 'failed'
  const tabIndex = active ? 0 : -1
  const onRequest = everyMs === null && !paused

  function takeFirst() {
    // The button goes with the press.
    tile.current?.querySelector('a')?.focus({ preventScroll: true })
    lookNow()
  }

  return (
    <div
      ref={tile}
      data-tile={key}
      data-screen={on ? status : 'off'}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      className={`group @container/tile relative flex h-full min-w-0 flex-col overflow-hidden rounded-lg border ${stale ? 'bg-sunken text-muted' : 'bg-surface'}`}
    >
      <TileHead row={row} name={name} />
      <div
        className={`relative min-h-0 grow overflow-hidden ${on || frame ? 'bg-black' : 'bg-sunken'}`}
      >
        {frame && (
          <ScreenPicture
            frame={frame}
            className={`absolute inset-0 size-full ${old ? 'opacity-35 grayscale' : ''} ${blurred ? 'blur-md' : ''}`}
          />
        )}
        <ScreenLink
          row={row}
          tabIndex={tabIndex}
          className="absolute inset-0 focus-visible:outline-2 focus-visible:-outline-offset-3 focus-visible:outline-focus"
        >
          <span className="sr-only">{t`Open console of ${name}`}</span>
        </ScreenLink>
        <TileMessage {...{ look, row, name, tabIndex, onRequest }} onLook={takeFirst} />
        {changedAt !== undefined && (
          <span
            key={changedAt}
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 animate-fade border-3 border-accent-fill opacity-0"
          />
        )}
        {/* The one the keyboard is at keeps its buttons: a question gives the focus back to them. */}
        {(touch || hovered || active) && <TileActions {...{ row, active, touch }} />}
      </div>
      <TileFoot
        {...{ row, stale, look }}
        status={on ? status : 'off'}
        refresh={
          onRequest && on && frame && <Refresh {...{ name, tabIndex, onLook: lookNow }} />
        }
      />
    </div>
  )
})
