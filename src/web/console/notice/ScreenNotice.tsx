/**
 * Says over the screen that it is on its way, which is all that a good attempt needs. What else there
 * is to say comes later (`later.ts`); until then, and if that can't be loaded, a plain line says how
 * the connection is.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { MonitorOff } from 'lucide-react'
import { Link } from 'react-router'

import { useStatusWords } from '../../screen/status-words.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useLater } from '../later.ts'
import { Notice, type NoticeProps } from './Notice.tsx'
import { useProgressWords } from './use-progress-words.ts'

function Connecting({ connection, name }: NoticeProps) {
  const { t } = useLingui()
  const words = useProgressWords(connection)
  return (
    <Notice icon={<Spinner size={24} />} title={t`Connecting to ${name}…`}>
      <p className="min-h-lh animate-late">{words}</p>
    </Notice>
  )
}

function Looking() {
  const { t } = useLingui()
  return (
    <Notice
      icon={<Spinner size={24} />}
      title={t`Looking for this instance…`}
      actions={
        <Link to="/instances" className={`${buttonClass()} animate-late`}>
          <Trans>Go to instances</Trans>
        </Link>
      }
    >
      <p className="min-h-lh animate-late">
        <Trans>The zone hasn’t listed this instance yet.</Trans>
      </p>
    </Notice>
  )
}

/** The words of the bar, and the ways out that need no others. */
function Plain({ connection, state, failed }: NoticeProps & { failed: boolean }) {
  const words = useStatusWords()(state)
  const closed = state.status === 'closed'
  const icon = closed ? <MonitorOff /> : <Spinner size={24} />
  if (!failed)
    return (
      // What it stands for is mostly there at once.
      <div className="animate-late">
        <Notice icon={icon} title={words} />
      </div>
    )
  return (
    <Notice
      icon={icon}
      title={words}
      actions={
        <>
          {closed && (
            <Button variant="primary" onClick={() => connection.connect()}>
              <Trans>Connect</Trans>
            </Button>
          )}
          <Button onClick={() => location.reload()}>
            <Trans>Reload page</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>Can’t load the explanation.</Trans>
      </p>
      <p>
        <Trans>Vedette may have been updated since you opened this page.</Trans>
      </p>
    </Notice>
  )
}

type Stage = 'fine' | 'first' | 'trouble'

function stageOf({ state, row }: NoticeProps): Stage {
  const { status, reason, behind, blank } = state
  if (status === 'open') return behind || blank ? 'trouble' : 'fine'
  if (status === 'connecting') return 'first'
  return status === 'waiting' && !(reason && row) ? 'first' : 'trouble'
}

export function ScreenNotice(props: NoticeProps) {
  const { state, unknownAt } = props
  const stage = stageOf(props)
  const { parts, failed } = useLater(stage === 'trouble')
  if (stage === 'fine') return null
  if (stage === 'first') return unknownAt ? <Looking /> : <Connecting {...props} />
  if (parts) return <parts.Trouble {...props} />
  // The bar says the same of a screen that is there.
  return state.status === 'open' ? null : <Plain {...props} failed={failed} />
}
