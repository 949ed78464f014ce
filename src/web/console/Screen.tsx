import { useLingui } from '@lingui/react/macro'
import { useCallback, useId, type ReactNode, type RefObject } from 'react'

import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'

/**
 * Shows the instance's screen. Its frame can be reached with Tab and gives it the focus with Enter; then
 * every key goes to the instance, until Ctrl+Alt+Shift.
 */
export function Screen({
  connection,
  state,
  name,
  viewOnly,
  leaveTo,
  onLayer,
  children,
}: {
  connection: ConsoleConnection
  state: ConnectionState
  name: string
  viewOnly: boolean
  leaveTo: RefObject<HTMLElement | null>
  /** Called with the element over the screen in which tools render. */
  onLayer: (layer: HTMLElement | null) => void
  children?: ReactNode
}) {
  const { t } = useLingui()
  const hintId = useId()
  const stage = useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) return
      return connection.attach(element, () => leaveTo.current?.focus())
    },
    [connection, leaveTo],
  )
  const frozen = state.status !== 'open' && state.frozenAt !== undefined
  return (
    <div
      className={`relative min-h-0 min-w-0 grow bg-black ${viewOnly ? 'outline-2 -outline-offset-2 outline-warning outline-dashed' : ''}`}
    >
      <p id={hintId} className="sr-only">
        {t`Press Enter to type into the instance. Press Ctrl+Alt+Shift to return to Vedette.`}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes keys */}
      <div
        role="application"
        aria-label={t`Screen of ${name}`}
        aria-roledescription={t`remote screen`}
        aria-describedby={hintId}
        data-connection={state.status}
        data-attempt={state.attempt}
        // Every key goes to the instance while the screen has the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && event.key === 'Enter') {
            event.preventDefault()
            connection.input.focus()
          }
        }}
        ref={stage}
        className={`absolute inset-0 flex overflow-auto transition-opacity focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus ${frozen ? 'opacity-35 grayscale' : ''}`}
      />
      <div
        ref={onLayer}
        data-part="layer"
        className="pointer-events-none absolute inset-0 overflow-hidden"
      />
      {children}
    </div>
  )
}
