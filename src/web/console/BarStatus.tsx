/** Shows the state of the connection in the console's bar, and recording and held keys. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Circle, CircleCheck, CircleStop, Eye, TriangleAlert, Users } from 'lucide-react'

import { formatElapsed, formatList } from '../components/format.ts'
import type { ConnectionState } from '../screen/connection-state.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { nameOfKeys, type Modifier } from '../screen/keys.ts'
import { useStatusWords } from '../screen/status-words.ts'
import { Spinner } from '../ui/Spinner.tsx'
import type { Filming } from './use-film.ts'

type ScreenProps = { connection: ConsoleConnection; state: ConnectionState }

/** The modifiers that are down in the instance; selecting one releases it. */
export function HeldKeys({ connection, state }: ScreenProps) {
  const { t } = useLingui()
  return Object.keys(state.held).map((name) => {
    const modifier = name as Modifier // `Held` has no other keys
    const keyName = nameOfKeys([modifier])
    return (
      <button
        key={modifier}
        type="button"
        translate="no"
        aria-label={t`Release ${keyName}`}
        className="rounded-sm bg-warning-tint px-1.5 text-xs text-warning"
        onClick={() => {
          while (connection.getSnapshot().held[modifier]) connection.input.toggle(modifier)
          connection.input.focus()
        }}
      >
        {keyName}
      </button>
    )
  })
}

/** Anyone who shares this screen must see that it is being recorded. */
export function RecordingMark({ film }: { film: Filming }) {
  const { t } = useLingui()
  if (film.seconds === undefined) return null
  return (
    <button
      type="button"
      aria-label={t`Stop recording`}
      className="inline-flex items-center gap-1.5 rounded-sm bg-error-tint px-1.5 py-0.5 text-xs text-error"
      onClick={film.stop}
    >
      <CircleStop size={14} aria-hidden="true" />
      <span className="@max-[34rem]/bar:sr-only">
        <Trans context="in progress">Recording</Trans>
      </span>
      <span className="tabular-nums">{formatElapsed(film.seconds * 1_000)}</span>
    </button>
  )
}

export function Status({ state }: { state: ConnectionState }) {
  const { t } = useLingui()
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
          {t`${latencyMs} ms`}
        </span>
      )}
    </span>
  )
}

/** Who else looks at the screen: what they type and see is the same. */
export function OthersMark({ names }: { names: readonly string[] }) {
  const { t } = useLingui()
  if (names.length === 0) return null
  const who = formatList([...new Set(names)])
  return (
    <span
      className="inline-flex items-center gap-1 text-xs text-muted"
      title={t`Also open for ${who}`}
    >
      <Users size={14} aria-hidden="true" />
      <span className="sr-only">{t`Also open for ${who}`}</span>
      <span aria-hidden="true" className="max-w-40 truncate @max-[60rem]/bar:hidden">
        {who}
      </span>
    </span>
  )
}

export function ViewOnlyMark() {
  return (
    <span className="inline-flex items-center gap-1 text-xs text-warning">
      <Eye size={14} aria-hidden="true" />
      <span className="@max-[34rem]/bar:sr-only">
        <Trans>View-only</Trans>
      </span>
    </span>
  )
}
