/** Says over the screen why it isn't live or can't be used, and offers the way out. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CirclePower, MonitorOff, Play, RefreshCw, Unplug, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { Row } from '../../api/inventory.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { SendProblem } from '../../components/SendProblem.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { useActions } from '../../instance/actions.tsx'
import { useStart } from '../../instance/use-start.ts'
import { useReasonWords } from '../../screen/connection-words.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Notice, type NoticeProps } from './Notice.tsx'
import { useProgressWords } from './use-progress-words.ts'

function NotRunning({ row, name }: { row: Row; name: string }) {
  const { t } = useLingui()
  const actions = useActions(row)
  const start = useStart(row)
  const { state } = row
  if (state === 'stopped')
    return (
      <Notice
        icon={<CirclePower />}
        title={t`${name} is stopped`}
        actions={
          <>
            <Button
              variant="primary"
              icon={<Play />}
              pending={start.isPending}
              disabledReason={actions.start.disabledReason}
              onClick={() => start.mutate()}
            >
              <Trans>Start and connect</Trans>
            </Button>
            <Button
              disabledReason={actions.rescue.disabledReason}
              onClick={actions.rescue.run}
            >
              {actions.rescue.label}
            </Button>
          </>
        }
      >
        <Trans>The screen appears here when the instance starts.</Trans>
        <SendProblem sending={start} />
      </Notice>
    )
  if (state === 'stopping')
    return <Notice icon={<Spinner size={24} />} title={t`${name} is stopping…`} />
  return (
    <Notice icon={<MonitorOff />} title={t`${name} has no screen right now`}>
      <Trans>Current state: {state}</Trans>
    </Notice>
  )
}

function Reconnecting({ connection, state }: NoticeProps) {
  const why = useReasonWords()(state.reason)
  const now = useNow()
  const { attempt, frozenAt, retryAt } = state
  const progress = useProgressWords(connection)
  const age = frozenAt ? Math.max(0, Math.round((now - frozenAt) / 1000)) : 0
  const left = retryAt ? Math.max(0, Math.ceil((retryAt - now) / 1000)) : 0
  return (
    <div className="absolute inset-x-4 top-4 mx-auto flex max-w-2xl flex-wrap items-center gap-3 rounded-lg bg-surface px-4 py-3 text-sm text-text shadow-float ui-dark">
      <Spinner size={20} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">
          <Trans>
            Reconnecting… <span className="text-muted">(attempt {attempt})</span>
          </Trans>
        </p>
        <p className="text-muted">
          {/* Why is announced at once; the seconds beside it are not. */}
          {connection.receivedBytes > 0 ? progress : <span role="alert">{why}</span>}{' '}
          {frozenAt && <Trans>This image is {age} s old.</Trans>}
        </p>
      </div>
      <div className="ms-auto flex gap-2">
        <Button size="sm" variant="ghost" onClick={() => connection.leave()}>
          <Trans>Stop reconnecting</Trans>
        </Button>
        {/* The same width with and without the seconds, so that the button beside it doesn't move. */}
        <Button
          size="sm"
          className="min-w-40 tabular-nums"
          onClick={() => connection.connect()}
        >
          {left > 1 ? (
            <Trans>Reconnect now ({left} s)</Trans>
          ) : (
            <Trans>Reconnect now</Trans>
          )}
        </Button>
      </div>
    </div>
  )
}

/** Says over a screen that is connected what it can't show. */
function OverScreen({ title, children }: { title: string; children: ReactNode }) {
  return (
    <output className="pointer-events-none absolute block inset-x-4 top-4 mx-auto max-w-md rounded-lg bg-surface px-4 py-3 text-sm text-text shadow-float ui-dark">
      <span className="block font-medium">{title}</span>
      <span className="block text-muted">{children}</span>
    </output>
  )
}

function Open({ state }: NoticeProps) {
  const { t } = useLingui()
  if (state.behind)
    return (
      <OverScreen title={t`The image stopped following the instance`}>
        <Trans>Keys and clicks aren’t sent until it follows again.</Trans>
      </OverScreen>
    )
  if (state.blank)
    return (
      <OverScreen title={t`Connected, nothing to show yet`}>
        <Trans>
          Keys and clicks are sent to the instance. Its screen may be off: press a key.
        </Trans>
      </OverScreen>
    )
  return null
}

function Gone({ row, name, unknownAt }: NoticeProps) {
  const { t } = useLingui()
  if (row)
    return <Notice icon={<Spinner size={24} />} title={t`${name} is being deleted`} />
  if (unknownAt)
    return (
      <Notice
        icon={<MonitorOff />}
        title={t`Instance not found`}
        actions={
          <Link to={unknownAt} className={buttonClass({ variant: 'primary' })}>
            <Trans>Search other zones</Trans>
          </Link>
        }
      >
        <Trans>
          The instance may be in another zone, may have just been created, or may have been
          deleted.
        </Trans>
      </Notice>
    )
  return (
    <Notice
      icon={<MonitorOff />}
      title={t`${name} was deleted`}
      actions={
        <Link to="/instances" className={buttonClass({ variant: 'primary' })}>
          <Trans>Go to instances</Trans>
        </Link>
      }
    />
  )
}

function Closed(props: NoticeProps) {
  const { t } = useLingui()
  const { connection, state } = props
  const why = useReasonWords()(state.reason)
  const { reason } = state
  const again = (
    <Button variant="primary" icon={<RefreshCw />} onClick={() => connection.connect()}>
      {reason?.kind === 'left' ? <Trans>Connect</Trans> : <Trans>Retry</Trans>}
    </Button>
  )
  if (reason?.kind === 'gone') return <Gone {...props} />
  if (reason?.kind === 'left')
    return <Notice icon={<Unplug />} title={t`You disconnected`} actions={again} />
  if (reason?.kind === 'taken')
    return (
      <Notice
        icon={<Users />}
        title={t`Someone else opened this screen`}
        actions={
          <Button variant="primary" onClick={() => connection.connect()}>
            <Trans>Take over</Trans>
          </Button>
        }
      >
        <p>{why}</p>
        <p>
          <Trans>Taking over disconnects them.</Trans>
        </p>
      </Notice>
    )
  if (reason?.kind === 'viewer')
    return (
      <Notice
        icon={<MonitorOff />}
        title={t`Can’t show this screen`}
        actions={
          // The browser remembers that the module failed, so only a new page loads it again.
          <Button variant="primary" icon={<RefreshCw />} onClick={() => location.reload()}>
            <Trans>Reload page</Trans>
          </Button>
        }
      >
        <p>{why}</p>
        <p>
          <Trans>Vedette may have been updated since you opened this page.</Trans>
        </p>
      </Notice>
    )
  return (
    <Notice icon={<MonitorOff />} title={t`Can’t show this screen`} actions={again}>
      {reason?.kind === 'problem' ? (
        <ProblemNotice problem={reason.problem} />
      ) : (
        <span role="alert">{why}</span>
      )}
      {state.gaveUpAfter !== undefined && (
        <p>
          <Plural
            value={state.gaveUpAfter}
            one="Vedette stopped after # attempt."
            other="Vedette stopped after # attempts that ended the same way."
          />
        </p>
      )}
    </Notice>
  )
}

export function Trouble(props: NoticeProps) {
  const { t } = useLingui()
  const { state, row, name } = props
  const why = useReasonWords()(state.reason)
  if (state.status === 'open') return <Open {...props} />
  if (state.status === 'closed') return <Closed {...props} />
  if (state.status === 'reconnecting') return <Reconnecting {...props} />
  if (!row) return null
  if (state.reason?.kind === 'not-running') return <NotRunning row={row} name={name} />
  return (
    <Notice
      icon={<Spinner size={24} />}
      title={
        state.reason?.kind === 'starting'
          ? t`${name} is starting…`
          : t`${name} has no screen yet`
      }
    >
      <p>
        <Trans>The screen appears here as soon as it is available.</Trans>
      </p>
      {why && <p>{why}</p>}
    </Notice>
  )
}
