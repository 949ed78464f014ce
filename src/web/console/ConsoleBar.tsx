/** Shows the bar above a console: which instance it is, how it is connected, and its menus. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, Keyboard, Maximize, Minimize } from 'lucide-react'
import { lazy, Suspense, useId, type RefObject } from 'react'
import { Link } from 'react-router'

import { InstanceState } from '../components/InstanceState.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { PopoverButton } from '../ui/PopoverButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { BarMenus } from './BarMenus.tsx'
import { HeldKeys, OthersMark, RecordingMark, Status, ViewOnlyMark } from './BarStatus.tsx'
import type { ScreenMenuProps } from './screen-menu.ts'
import type { OpenTools } from './use-tools.ts'

const KeysPanel = lazy(async () => ({
  default: (await import('./KeysPanel.tsx')).KeysPanel,
}))

export type BarProps = ScreenMenuProps & {
  fullScreen: boolean
  onFullScreen: () => void
  onCtrlAltDel: () => void
  openTools: OpenTools
  /** Where Ctrl+Alt+Shift brings the focus. */
  leaveTo: RefObject<HTMLButtonElement | null>
}

function KeysButton({
  connection,
  state,
  rights,
  onCtrlAltDel,
}: Pick<BarProps, 'connection' | 'state' | 'rights' | 'onCtrlAltDel'>) {
  const { t } = useLingui()
  const title = t({ message: 'Keys', context: 'keyboard' })
  return (
    <PopoverButton
      label={title}
      word={title}
      title={t`Send keys`}
      icon={<Keyboard />}
      variant="ghost"
      size="sm"
      disabledReason={
        rights?.type === false
          ? t`The console is view-only.`
          : state.status === 'open'
            ? null
            : t`The console isn’t connected.`
      }
      // oxlint-disable-next-line react/no-unstable-nested-components -- the popover calls it, it is none
      content={(close) => (
        <Suspense fallback={<Spinner size={20} />}>
          <KeysPanel {...{ connection, state, onCtrlAltDel, close }} />
        </Suspense>
      )}
    />
  )
}

function FullScreenButton({
  fullScreen,
  onFullScreen,
  leaveTo,
  hintId,
}: Pick<BarProps, 'fullScreen' | 'onFullScreen' | 'leaveTo'> & { hintId: string }) {
  const { t } = useLingui()
  return (
    <IconButton
      ref={leaveTo}
      label={fullScreen ? t`Exit full screen` : t`Full screen`}
      // The same word in both states, so that the buttons beside it don't move.
      word={t`Full screen`}
      size="sm"
      aria-describedby={hintId}
      onClick={onFullScreen}
    >
      {fullScreen ? <Minimize /> : <Maximize />}
    </IconButton>
  )
}

export function ConsoleBar(props: BarProps) {
  const { connection, state, row, name, view, popOut } = props
  const { t } = useLingui()
  const hintId = useId()
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
        <OthersMark names={state.others ?? []} />
        {view.viewOnly && <ViewOnlyMark />}
        {/* The on-screen keys below the screen show them as well. */}
        {!view.touch && <HeldKeys connection={connection} state={state} />}
        <RecordingMark film={props.film} />
        <span className="grow" />
        <span
          id={hintId}
          className="truncate text-xs text-muted @max-[75rem]/bar:hidden pointer-coarse:hidden"
        >
          {state.status === 'open' && (
            <Trans>Press Ctrl+Alt+Shift to leave the screen</Trans>
          )}
        </span>
        <KeysButton {...props} />
        <BarMenus {...props} />
        <FullScreenButton {...props} hintId={hintId} />
      </div>
    </header>
  )
}
