import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowLeft,
  Circle,
  CircleCheck,
  CircleStop,
  Ellipsis,
  Eye,
  Keyboard,
  Maximize,
  Minimize,
  Monitor,
  Power,
  TriangleAlert,
  Wrench,
} from 'lucide-react'
import { lazy, Suspense, useId, type RefObject } from 'react'
import { Link } from 'react-router'

import type { Row } from '../api/inventory.ts'
import { InstanceState } from '../components/InstanceState.tsx'
import { useActions } from '../instance/actions.tsx'
import type { ConnectionState } from '../screen/connection-state.ts'
import { useStatusWords } from '../screen/connection-words.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { nameOfKeys, type Modifier } from '../screen/keys.ts'
import { IconButton } from '../ui/IconButton.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { MenuButton } from '../ui/MenuButton.tsx'
import { PopoverButton } from '../ui/PopoverButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { OtherScreens, useNeighbours } from './OtherScreens.tsx'
import type { Recorder } from './use-recorder.ts'
import { useScreenMenu, type View } from './use-screen-menu.ts'
import { useToolEntries, type OpenTools } from './use-tools.ts'

const KeysPanel = lazy(async () => ({
  default: (await import('./KeysPanel.tsx')).KeysPanel,
}))

/** Modifiers that are down in the machine, and a click that lets them go. */
function HeldKeys({ connection, state }: Pick<BarProps, 'connection' | 'state'>) {
  const { t } = useLingui()
  return Object.keys(state.held).map((name) => {
    const modifier = name as Modifier // the keys of `Held`
    return (
      <button
        key={modifier}
        type="button"
        translate="no"
        aria-label={t`Release ${nameOfKeys([modifier])}`}
        className="rounded-sm bg-warning-tint px-1.5 text-xs text-warning"
        onClick={() => {
          while (connection.getSnapshot().held[modifier]) connection.toggle(modifier)
          connection.focus()
        }}
      >
        {nameOfKeys([modifier])}
      </button>
    )
  })
}

/** That the screen is being recorded must be seen by whoever shows it around. */
function RecordingMark({ recorder }: { recorder: Recorder }) {
  const { t } = useLingui()
  if (recorder.seconds === undefined) return null
  const minutes = Math.floor(recorder.seconds / 60)
  const seconds = String(recorder.seconds % 60).padStart(2, '0')
  return (
    <button
      type="button"
      aria-label={t`Stop recording`}
      className="inline-flex items-center gap-1.5 rounded-sm bg-error-tint px-1.5 py-0.5 text-xs text-error"
      onClick={recorder.stop}
    >
      <CircleStop size={14} aria-hidden="true" />
      <span className="@max-[34rem]/bar:sr-only">
        <Trans>Recording</Trans>
      </span>
      <span className="tabular-nums">
        {minutes}:{seconds}
      </span>
    </button>
  )
}

function Status({ state }: { state: ConnectionState }) {
  const words = useStatusWords()(state)
  const { status, unstable, latencyMs } = state
  const busy = status === 'connecting' || status === 'reconnecting'
  const icon = busy ? (
    <Spinner size={16} />
  ) : status !== 'open' ? (
    <Circle size={14} className="text-muted" />
  ) : unstable ? (
    <TriangleAlert size={14} className="text-warning" />
  ) : (
    <CircleCheck size={14} className="text-running" />
  )
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 text-xs">
      {icon}
      <span className="@max-[34rem]/bar:sr-only">{words}</span>
      {status === 'open' && latencyMs !== undefined && (
        <span className="text-muted tabular-nums @max-[60rem]/bar:hidden">
          {latencyMs} ms
        </span>
      )}
    </span>
  )
}

function usePowerEntries(row: Row): () => MenuEntry[] {
  const { start, stop, reboot, rescue } = useActions(row)
  return () =>
    [start, stop, reboot, { separator: true as const }, rescue].map((entry) =>
      'separator' in entry ? entry : { ...entry, onSelect: entry.run },
    )
}

function PowerMenu({ row }: { row: Row }) {
  const { t } = useLingui()
  return (
    <MenuButton
      label={t`Power`}
      word={t`Power`}
      icon={<Power />}
      variant="ghost"
      size="sm"
      items={usePowerEntries(row)}
    />
  )
}

/** All menus in one, where there is no room for them. */
function MoreMenu({
  row,
  parts,
}: {
  row: Row
  parts: { title: string; entries: () => MenuEntry[] }[]
}) {
  const { t } = useLingui()
  const power = usePowerEntries(row)
  const neighbours = useNeighbours(row)
  return (
    <MenuButton
      label={t`More`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => [
        ...parts.flatMap(({ title, entries }) => [
          { heading: title },
          ...entries(),
          { separator: true as const },
        ]),
        { heading: t`Power` },
        ...power(),
        { separator: true },
        { heading: t`Other consoles` },
        { label: t`Next running instance`, onSelect: neighbours.next },
        { label: t`Previous running instance`, onSelect: neighbours.previous },
      ]}
    />
  )
}

export type BarProps = {
  connection: ConsoleConnection
  state: ConnectionState
  row: Row | undefined
  name: string
  view: View
  onView: (view: View) => void
  recorder: Recorder
  fullScreen: boolean
  onFullScreen: () => void
  onCtrlAltDel: () => void
  /** In the console's own window there is no page to go back to. */
  popOut: boolean
  openTools: OpenTools
  /** Where Ctrl+Alt+Shift brings the focus. */
  leaveTo: RefObject<HTMLButtonElement | null>
}

export function ConsoleBar(props: BarProps) {
  const { connection, state, row, name, view, popOut, leaveTo } = props
  const { t } = useLingui()
  const screenMenu = useScreenMenu(props)
  const toolEntries = useToolEntries(props.openTools, state, view.viewOnly)
  const neighbours = useNeighbours(row)
  const hintId = useId()
  const notOpen = state.status === 'open' ? null : t`The console isn’t connected.`
  return (
    <header className="@container/bar shrink-0 bg-surface text-text ui-dark">
      <div className="flex h-10 items-center gap-2 px-2 max-sm:px-1 pointer-coarse:h-12">
        {popOut && row && (
          <Link
            to={`/instances/${row.zone}/${row.id}`}
            aria-label={t`Back to ${name}`}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-md hover:bg-hover pointer-coarse:size-11"
          >
            <ArrowLeft size={16} />
          </Link>
        )}
        <h1 tabIndex={-1} className="min-w-0 truncate ps-1 text-sm font-semibold">
          <bdi translate="no">{name}</bdi>
        </h1>
        {row && <InstanceState state={row.state} className="@max-[44rem]/bar:hidden" />}
        <Status state={state} />
        {view.viewOnly && (
          <span className="inline-flex items-center gap-1 text-xs text-warning">
            <Eye size={14} aria-hidden="true" />
            <span className="@max-[34rem]/bar:sr-only">
              <Trans>View-only</Trans>
            </span>
          </span>
        )}
        {/* Below the picture they are seen as well. */}
        {!view.touch && <HeldKeys connection={connection} state={state} />}
        <RecordingMark recorder={props.recorder} />
        <span className="grow" />
        <span
          id={hintId}
          className="truncate text-xs text-muted @max-[75rem]/bar:hidden pointer-coarse:hidden"
        >
          {state.status === 'open' && (
            <Trans>
              Ctrl+Alt+Shift leaves the screen
              <span className="@max-[90rem]/bar:sr-only">, then ← → change it</span>
            </Trans>
          )}
        </span>
        <PopoverButton
          label={t`Keys`}
          word={t`Keys`}
          title={t`Send keys`}
          icon={<Keyboard />}
          variant="ghost"
          size="sm"
          disabledReason={notOpen}
          // oxlint-disable-next-line react/no-unstable-nested-components -- the popover calls it, it is none
          content={(close) => (
            <Suspense fallback={<Spinner size={20} />}>
              <KeysPanel
                connection={connection}
                state={state}
                onCtrlAltDel={props.onCtrlAltDel}
                close={close}
              />
            </Suspense>
          )}
        />
        <div className="contents @max-[34rem]/bar:hidden">
          <MenuButton
            label={t`Tools`}
            word={t`Tools`}
            icon={<Wrench />}
            variant="ghost"
            size="sm"
            items={toolEntries}
          />
          <MenuButton
            label={t`Screen`}
            word={t`Screen`}
            icon={<Monitor />}
            variant="ghost"
            size="sm"
            items={screenMenu}
          />
          {row && <PowerMenu row={row} />}
          <OtherScreens row={row} />
        </div>
        {row && (
          <div className="hidden @max-[34rem]/bar:contents">
            <MoreMenu
              row={row}
              parts={[
                { title: t`Tools`, entries: toolEntries },
                { title: t`Screen`, entries: screenMenu },
              ]}
            />
          </div>
        )}
        <IconButton
          ref={leaveTo}
          label={props.fullScreen ? t`Exit full screen` : t`Full screen`}
          // The same word in both, or the buttons beside it would jump.
          word={t`Full screen`}
          size="sm"
          aria-describedby={hintId}
          onClick={props.onFullScreen}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') neighbours.next()
            if (key === 'ArrowLeft') neighbours.previous()
          }}
        >
          {props.fullScreen ? <Minimize /> : <Maximize />}
        </IconButton>
      </div>
    </header>
  )
}
