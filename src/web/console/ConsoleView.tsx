/** A machine's screen with its bar: the whole of the console page and of its own window. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import {
  lazy,
  Suspense,
  useEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react'

import type { Row } from '../api/inventory.ts'
import { templateQuery } from '../api/queries.ts'
import { InstanceDialogs } from '../instance/dialogs/InstanceDialogs.tsx'
import { RescueNotice } from '../instance/RescueNotice.tsx'
import { useStatusWords } from '../screen/connection-words.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { LazyDialog } from '../ui/LazyDialog.tsx'
import { ConsoleBar } from './ConsoleBar.tsx'
import { Screen } from './Screen.tsx'
import { ScreenNotice } from './ScreenNotice.tsx'
import { ToolPanel } from './ToolPanel.tsx'
import type { Tool } from './tools.tsx'
import { useConnection } from './use-connection.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useRecorder } from './use-recorder.ts'
import type { View } from './use-screen-menu.ts'
import { useOpenTools } from './use-tools.ts'
import { useWayBack } from './use-way-back.ts'

const TouchBar = lazy(async () => ({
  default: (await import('./touch/TouchBar.tsx')).TouchBar,
}))

/** On most Linux systems it restarts the machine at once, so it is asked for. */
function CtrlAltDelDialog(props: {
  connection: ConsoleConnection
  name: string
  onClose: () => void
}) {
  const { connection, name, onClose } = props
  const { t } = useLingui()
  return (
    <LazyDialog
      open
      onClose={onClose}
      role="alertdialog"
      title={t`Send Ctrl+Alt+Del to ${name}`}
      description={t`On Windows, this opens the sign-in screen. Most Linux systems restart immediately.`}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              connection.press(['Control', 'Alt', 'Delete'])
              onClose()
              setTimeout(() => connection.focus())
            }}
          >
            <Trans>Send Ctrl+Alt+Del</Trans>
          </Button>
        </>
      }
    />
  )
}

/** Windows takes Ctrl+Alt+Del for a greeting; of what is not known, the worst is assumed. */
function useIsWindows(row: Row | undefined): boolean {
  const { data } = useQuery({
    ...templateQuery(row?.zone ?? '', row?.template?.id ?? ''),
    enabled: Boolean(row?.template),
  })
  return data?.family === 'windows'
}

/** Takes the keys when the picture comes, unless somebody is busy with something else. */
function focusIsFree(): boolean {
  const { activeElement } = document
  return (
    !activeElement?.closest(
      '[role=dialog],[role=alertdialog],[role=menu],input,textarea',
    ) && !document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')
  )
}

/**
 * In full screen the bar gets out of the way. It comes back for a pointer at the upper edge, for a
 * finger on its handle, for the focus (Ctrl+Alt+Shift), and stays while one of its menus is open.
 */
function BarPlace({
  hides,
  leaveTo,
  children,
}: {
  hides: boolean
  leaveTo: RefObject<HTMLElement | null>
  children: ReactNode
}) {
  const { t } = useLingui()
  return (
    <div
      className={
        hides ? 'group absolute inset-x-0 top-0 z-10 h-1.5 pointer-coarse:h-6' : ''
      }
    >
      {hides && (
        <button
          type="button"
          aria-label={t`Show toolbar`}
          className="absolute inset-0"
          onClick={() => leaveTo.current?.focus()}
        >
          <span className="absolute inset-x-0 top-1 mx-auto h-1 w-12 rounded-full bg-white/40" />
        </button>
      )}
      <div
        className={
          hides
            ? 'pointer-events-none relative -translate-y-full opacity-0 transition-[opacity,transform] group-focus-within:pointer-events-auto group-focus-within:translate-y-0 group-focus-within:opacity-100 group-hover:pointer-events-auto group-hover:translate-y-0 group-hover:opacity-100 group-has-aria-expanded:pointer-events-auto group-has-aria-expanded:translate-y-0 group-has-aria-expanded:opacity-100'
            : ''
        }
      >
        {children}
      </div>
    </div>
  )
}

export function ConsoleView({
  zone,
  id,
  popOut,
}: {
  zone: string
  id: string
  popOut: boolean
}) {
  const { t } = useLingui()
  const { connection, state, row } = useConnection(zone, id)
  const [view, setView] = useState<View>(() => ({
    zoom: 'fit',
    viewOnly: false,
    remoteSize: false,
    touch: window.matchMedia('(pointer: coarse)').matches,
  }))
  const openTools = useOpenTools()
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  const [asking, setAsking] = useState(false)
  const [lastName, setLastName] = useState<string>()
  const leaveTo = useRef<HTMLButtonElement>(null)
  const recorder = useRecorder(connection, row)
  const windows = useIsWindows(row)
  const [fullScreen, toggleFullScreen] = useFullScreen()
  const words = useStatusWords()(state)
  const goBack = useWayBack(() => connection.focus())
  // A machine that was deleted is still called what it was.
  const told = row?.name ?? (row && id)
  if (told && told !== lastName) setLastName(told)
  const name = told ?? lastName ?? id

  // The focus and the spoken words are outside React.
  const { status } = state
  useEffect(() => {
    if (status === 'open' && focusIsFree()) connection.focus()
  }, [status, connection])
  useEffect(() => announce(t`Screen of ${name}: ${words}`), [t, name, words])

  const sendCtrlAltDel = () => {
    if (!windows) return setAsking(true)
    connection.press(['Control', 'Alt', 'Delete'])
    connection.focus()
  }

  const shared = {
    connection,
    state,
    row,
    name,
    viewOnly: view.viewOnly,
    layer,
    openTool: openTools.openById,
  }
  const panels = (place: Tool['place']) =>
    openTools.open
      .filter((tool) => tool.place === place)
      .map((tool) => (
        <ToolPanel
          key={tool.id}
          tool={tool}
          {...shared}
          onClose={() => {
            openTools.close(tool)
            goBack()
          }}
        />
      ))

  return (
    <div
      className={`flex min-h-0 flex-col bg-black ${fullScreen ? 'fixed inset-0 z-30' : 'grow'}`}
    >
      <title>{t`${name} · Console · Vedette`}</title>
      <BarPlace hides={fullScreen} leaveTo={leaveTo}>
        <ConsoleBar
          connection={connection}
          state={state}
          row={row}
          name={name}
          view={view}
          onView={(next) => {
            setView(next)
            connection.setViewOnly(next.viewOnly)
            connection.setRemoteSize(next.remoteSize)
          }}
          fullScreen={fullScreen}
          onFullScreen={toggleFullScreen}
          onCtrlAltDel={sendCtrlAltDel}
          recorder={recorder}
          popOut={popOut}
          openTools={openTools}
          leaveTo={leaveTo}
        />
      </BarPlace>
      {row && !fullScreen && (
        <div className="shrink-0 text-text ui-dark">
          <RescueNotice
            row={row}
            name={name}
            // The picture comes first.
            wanted={status === 'open'}
            overScreen
          />
        </div>
      )}
      <div className="flex min-h-0 grow flex-col">
        <div className="flex min-h-0 grow max-md:flex-col">
          <Screen
            connection={connection}
            state={state}
            name={name}
            viewOnly={view.viewOnly}
            leaveTo={leaveTo}
            onLayer={setLayer}
          >
            <ScreenNotice
              connection={connection}
              state={state}
              row={row}
              name={name}
              unknownAt={(told ?? lastName) ? undefined : `/instances/${zone}/${id}`}
            />
          </Screen>
          {panels('side')}
        </div>
        {panels('bottom')}
        {view.touch && (
          <Suspense fallback={<div className="h-22 shrink-0 bg-surface ui-dark sm:h-11" />}>
            <TouchBar {...shared} />
          </Suspense>
        )}
      </div>
      {row && <InstanceDialogs page={row} />}
      {asking && (
        <CtrlAltDelDialog
          connection={connection}
          name={name}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
