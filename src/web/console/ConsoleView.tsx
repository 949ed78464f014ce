/** Shows an instance's screen with its bar and tools: in the console page and its own window. */
import { useLingui } from '@lingui/react/macro'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'

import { InstanceDialogs } from '../instance/dialogs/InstanceDialogs.tsx'
import type { ConnectionState } from '../screen/connection-state.ts'
import { useStatusWords } from '../screen/status-words.ts'
import { announce } from '../ui/announce.ts'
import { BarPlace } from './BarPlace.tsx'
import { ConsoleBar } from './ConsoleBar.tsx'
import { useCtrlAltDel } from './ctrl-alt-del.tsx'
import { useLater, useLaterInTime } from './later.ts'
import { LaterFailed } from './LaterFailed.tsx'
import { ScreenNotice } from './notice/ScreenNotice.tsx'
import { Screen } from './Screen.tsx'
import type { Tool, ToolProps } from './tool.ts'
import { useConnection } from './use-connection.ts'
import { useFilm } from './use-film.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useLimits, useRights } from './use-limits.ts'
import { useOpenTools, type OpenTools } from './use-tools.ts'
import { useWayBack } from './use-way-back.ts'
import { firstView } from './view.ts'

const TouchBar = lazy(async () => ({
  default: (await import('./touch/TouchBar.tsx')).TouchBar,
}))

/** What opens above a page: menus, dialogs and alert dialogs. */
const layers = '[role$=dialog],[role=menu]'

/** Takes the keys when the screen appears, unless the person is using something else. */
function focusIsFree(): boolean {
  const { activeElement } = document
  return (
    !activeElement?.closest(`${layers},input,textarea`) && !document.querySelector(layers)
  )
}

/** The instance's name; a deleted instance keeps the one it had. */
function useLastName(name: string | undefined): string | undefined {
  const [lastName, setLastName] = useState(name)
  if (name && name !== lastName) setLastName(name)
  return name ?? lastName
}

function Panels({
  place,
  openTools,
  goBack,
  ...shared
}: Omit<ToolProps, 'onClose'> & {
  place: Tool['place']
  openTools: OpenTools
  goBack: () => void
}) {
  const rights = useRights()
  const here = openTools.open.filter(
    ({ place: own, right }) => own === place && !(right && rights?.[right] === false),
  )
  const { parts, failed } = useLater(here.length > 0)
  return here.map((tool) => {
    const onClose = () => {
      openTools.close(tool)
      goBack()
    }
    if (parts)
      return <parts.ToolPanel key={tool.id} tool={tool} {...{ ...shared, onClose }} />
    return failed && <LaterFailed key={tool.id} onClose={onClose} />
  })
}

/** Whether there is a screen, or one may come without a person: otherwise no key can be used. */
const takesKeys = ({ status, reason }: ConnectionState): boolean =>
  status !== 'closed' && !(status === 'waiting' && reason?.kind === 'not-running')

type ConsoleViewProps = { zone: string; id: string; popOut: boolean }

export function ConsoleView({ zone, id, popOut }: ConsoleViewProps) {
  const { t } = useLingui()
  const { connection, state, row } = useConnection(zone, id)
  // The first attempt has shown something or failed. Later ones change nothing.
  const { parts } = useLaterInTime(state.attempt > (state.status === 'connecting' ? 1 : 0))
  const [view, setView] = useState(firstView)
  const openTools = useOpenTools()
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  const leaveTo = useRef<HTMLButtonElement>(null)
  const film = useFilm(connection, row)
  const [fullScreen, toggleFullScreen] = useFullScreen()
  const words = useStatusWords()(state)
  const goBack = useWayBack(() => connection.input.focus())
  const knownName = useLastName(row?.name ?? (row && id))
  const name = knownName ?? id
  const ctrlAltDel = useCtrlAltDel(connection, row, name)

  // The focus and announcements are outside React.
  const { status } = state
  useEffect(() => {
    if (status === 'open' && focusIsFree()) connection.input.focus()
  }, [status, connection])
  useEffect(() => announce(t`Screen of ${name}: ${words}`), [t, name, words])

  const { rights, viewOnly } = useLimits(connection, view)
  const screen = { connection, state, row, name }
  const shared = { ...screen, viewOnly, layer, openTool: openTools.openById }
  const panels = { ...shared, openTools, goBack }
  return (
    <div
      // Its tools type into the instance as well.
      data-secret
      className={`flex min-h-0 flex-col bg-black ${fullScreen ? 'fixed inset-0 z-30' : 'grow'}`}
    >
      <title>{t`${name} · Console · Vedette`}</title>
      <BarPlace hides={fullScreen} leaveTo={leaveTo}>
        <ConsoleBar
          {...screen}
          {...{ view, rights, fullScreen, film, popOut, openTools, leaveTo }}
          onView={(next) => {
            setView(next)
            if (next.remoteSize !== view.remoteSize)
              connection.setRemoteSize(next.remoteSize)
          }}
          onFullScreen={toggleFullScreen}
          onCtrlAltDel={ctrlAltDel.send}
        />
      </BarPlace>
      {parts && (
        <parts.AboveScreen
          {...screen}
          {...{ fullScreen }}
          onSizeRefused={() => setView((now) => ({ ...now, remoteSize: false }))}
        />
      )}
      <div className="flex min-h-0 grow flex-col">
        <div className="flex min-h-0 grow max-md:flex-col">
          <Screen
            {...{ connection, state, name, leaveTo }}
            viewOnly={view.viewOnly}
            onLayer={setLayer}
          >
            <ScreenNotice
              {...screen}
              unknownAt={knownName ? undefined : `/instances/${zone}/${id}`}
            />
          </Screen>
          <Panels place="side" {...panels} />
        </div>
        <Panels place="bottom" {...panels} />
        {view.touch && rights?.type !== false && takesKeys(state) && (
          <Suspense fallback={<div className="h-22 shrink-0 bg-surface ui-dark sm:h-11" />}>
            <TouchBar {...shared} />
          </Suspense>
        )}
      </div>
      {row && <InstanceDialogs page={row} />}
      {ctrlAltDel.dialog}
    </div>
  )
}
