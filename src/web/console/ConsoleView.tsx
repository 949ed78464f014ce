/** A machine's screen with its bar: the whole of the console page and of its own window. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'

import { InstanceDialogs } from '../pages/instances/dialogs/InstanceDialogs.tsx'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { LazyDialog } from '../ui/LazyDialog.tsx'
import { useStatusWords } from './connection-words.ts'
import type { ConsoleConnection } from './connection.ts'
import { ConsoleBar, type View } from './ConsoleBar.tsx'
import { Screen } from './Screen.tsx'
import { ScreenNotice } from './ScreenNotice.tsx'
import { useConnection } from './use-connection.ts'
import { useFullScreen } from './use-full-screen.ts'

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
      description={t`Windows asks who you are. Most Linux systems restart at once.`}
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

/** Takes the keys when the picture comes, unless somebody is busy with something else. */
function focusIsFree(): boolean {
  const { activeElement } = document
  return (
    !activeElement?.closest(
      '[role=dialog],[role=alertdialog],[role=menu],input,textarea',
    ) && !document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')
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
  const [view, setView] = useState<View>({ zoom: 'fit', viewOnly: false })
  const [asking, setAsking] = useState(false)
  const [lastName, setLastName] = useState<string>()
  const leaveTo = useRef<HTMLButtonElement>(null)
  const [fullScreen, toggleFullScreen] = useFullScreen()
  const words = useStatusWords()(state)
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

  return (
    <div
      className={`flex min-h-0 flex-col bg-black ${fullScreen ? 'fixed inset-0 z-30' : 'grow'}`}
    >
      <title>{t`${name} · Console · Vedette`}</title>
      <ConsoleBar
        connection={connection}
        state={state}
        row={row}
        name={name}
        view={view}
        onView={(next) => {
          setView(next)
          connection.setZoom(next.zoom)
          connection.setViewOnly(next.viewOnly)
        }}
        fullScreen={fullScreen}
        onFullScreen={toggleFullScreen}
        onAskCtrlAltDel={() => setAsking(true)}
        popOut={popOut}
        leaveTo={leaveTo}
      />
      <Screen
        connection={connection}
        state={state}
        name={name}
        viewOnly={view.viewOnly}
        leaveTo={leaveTo}
      >
        <ScreenNotice connection={connection} state={state} row={row} name={name} />
      </Screen>
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
