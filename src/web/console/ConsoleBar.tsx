import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowLeft,
  Circle,
  CircleCheck,
  Eye,
  Keyboard,
  Maximize,
  Minimize,
  Monitor,
  Power,
  TriangleAlert,
} from 'lucide-react'
import { useId, type RefObject } from 'react'
import { Link } from 'react-router'

import type { Row } from '../api/inventory.ts'
import { InstanceState } from '../components/InstanceState.tsx'
import { useInstanceActions } from '../pages/instances/actions.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import type { MenuEntry } from '../ui/menu-entry.ts'
import { MenuButton } from '../ui/MenuButton.tsx'
import { PopoverButton } from '../ui/PopoverButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { toast } from '../ui/toast.ts'
import type { ConnectionState } from './connection-state.ts'
import { useStatusWords } from './connection-words.ts'
import type { ConsoleConnection, Zoom } from './connection.ts'
import { KeysPanel } from './KeysPanel.tsx'
import { download, pictureName } from './picture-file.ts'

export type View = { zoom: Zoom; viewOnly: boolean }

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
      <span className="max-sm:sr-only">{words}</span>
      {status === 'open' && latencyMs !== undefined && (
        <span className="text-muted tabular-nums max-lg:hidden">{latencyMs} ms</span>
      )}
    </span>
  )
}

function useScreenMenu(props: BarProps): () => MenuEntry[] {
  const { t } = useLingui()
  const { connection, state, row, view, onView, popOut } = props
  const zooms: [Zoom, string][] = [
    ['fit', t`Fit to the window`],
    [1, t`Actual size (1:1)`],
    [2, t`Twice the size (200 %)`],
  ]
  const picture = async (use: (blob: Blob) => Promise<void> | void) => {
    const blob = await connection.picture()
    try {
      if (blob) await use(blob)
    } catch {
      toast({ kind: 'error', title: t`The browser did not allow copying the picture.` })
    }
  }
  const noPicture = state.size ? null : t`There is no picture yet.`
  const copy = async (blob: Blob) => {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
    toast({ kind: 'success', title: t`Picture copied` })
  }
  return () => [
    { heading: t`Size of the picture` },
    ...zooms.map(([zoom, label]) => ({
      label,
      checked: view.zoom === zoom,
      onSelect: () => onView({ ...view, zoom }),
    })),
    { separator: true },
    {
      label: t`View only`,
      detail: t`No key or click reaches the machine`,
      checked: view.viewOnly,
      onSelect: () => onView({ ...view, viewOnly: !view.viewOnly }),
    },
    { separator: true },
    {
      label: t`Download picture`,
      disabledReason: noPicture,
      onSelect: () =>
        void picture((blob) => row && download(blob, pictureName(row, new Date()))),
    },
    {
      label: t`Copy picture`,
      disabledReason: noPicture,
      onSelect: () => void picture(copy),
    },
    { separator: true },
    ...(popOut && row
      ? [
          {
            label: t`Open in its own window`,
            onSelect: () => {
              connection.leave()
              const features = 'popup,width=1060,height=840'
              window.open(`/console/${row.zone}/${row.id}`, `console-${row.id}`, features)
            },
          },
        ]
      : []),
    {
      label: t`Disconnect`,
      disabledReason: state.status === 'closed' ? t`It is not connected.` : null,
      onSelect: () => connection.leave(),
    },
  ]
}

function PowerMenu({ row }: { row: Row }) {
  const { t } = useLingui()
  const actionsOf = useInstanceActions()
  return (
    <MenuButton
      label={t`Power`}
      icon={<Power />}
      variant="ghost"
      size="sm"
      items={() => {
        const { start, stop, reboot, rescue } = actionsOf(row)
        return [start, stop, reboot, { separator: true as const }, rescue].map((entry) =>
          'separator' in entry ? entry : { ...entry, onSelect: entry.run },
        )
      }}
    />
  )
}

type BarProps = {
  connection: ConsoleConnection
  state: ConnectionState
  row: Row | undefined
  name: string
  view: View
  onView: (view: View) => void
  fullScreen: boolean
  onFullScreen: () => void
  onAskCtrlAltDel: () => void
  /** In the console's own window there is no page to go back to. */
  popOut: boolean
  /** Where Ctrl+Alt+Shift brings the focus. */
  leaveTo: RefObject<HTMLButtonElement | null>
}

export function ConsoleBar(props: BarProps) {
  const { connection, state, row, name, view, popOut, leaveTo } = props
  const { t } = useLingui()
  const screenMenu = useScreenMenu(props)
  const hintId = useId()
  const notOpen = state.status === 'open' ? null : t`There is no connection.`
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 bg-surface px-2 text-text ui-dark">
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
      {row && <InstanceState state={row.state} className="max-sm:hidden" />}
      <Status state={state} />
      {view.viewOnly && (
        <span className="inline-flex items-center gap-1 text-xs text-warning">
          <Eye size={14} aria-hidden="true" />
          <span className="max-sm:sr-only">
            <Trans>View only</Trans>
          </span>
        </span>
      )}
      <span className="grow" />
      <span id={hintId} className="truncate text-xs text-muted max-lg:hidden">
        {state.status === 'open' && <Trans>Ctrl+Alt+Shift leaves the screen</Trans>}
      </span>
      <PopoverButton
        label={t`Keys`}
        title={t`Send keys`}
        icon={<Keyboard />}
        variant="ghost"
        size="sm"
        disabledReason={notOpen}
        content={
          <KeysPanel connection={connection} onAskCtrlAltDel={props.onAskCtrlAltDel} />
        }
      />
      <MenuButton
        label={t`Screen`}
        icon={<Monitor />}
        variant="ghost"
        size="sm"
        items={screenMenu}
      />
      {row && <PowerMenu row={row} />}
      <IconButton
        ref={leaveTo}
        label={props.fullScreen ? t`Leave full screen` : t`Full screen`}
        size="sm"
        aria-describedby={hintId}
        onClick={props.onFullScreen}
      >
        {props.fullScreen ? <Minimize /> : <Maximize />}
      </IconButton>
    </header>
  )
}
