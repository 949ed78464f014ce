import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'

import { isRunning } from '#contract/lifecycle.ts'

import { sessionQuery } from '../../../api/queries.ts'
import { Age } from '../../../components/Age.tsx'
import { ScreenPicture } from '../../../components/ScreenPicture.tsx'
import { useReasonWords } from '../../../console/connection-words.ts'
import { useScreenWatch } from '../../../console/use-screen-watch.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useInstance } from './instance-context.ts'

const everyMs = 10_000
const pictureWidth = 640

/** Its screen, small, and the way to it. On real zones it is looked at only when asked. */
export function ScreenCard() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const { data: session } = useQuery(sessionQuery)
  const reasonWords = useReasonWords()
  const on = isRunning(row.state)
  const byItself = session?.sandbox ?? false
  const watch = useScreenWatch(row, pictureWidth, on && byItself ? everyMs : null)
  const { frame, reason, looking } = watch.look
  const why = reasonWords(reason)
  return (
    <Card
      title={t`Screen`}
      actions={
        on &&
        session &&
        !byItself && (
          <Button size="sm" pending={looking} onClick={watch.lookNow}>
            {frame ? <Trans>Look again</Trans> : <Trans>Look</Trans>}
          </Button>
        )
      }
    >
      <Link
        to={`/instances/${row.zone}/${row.id}/console`}
        className="relative flex aspect-16/10 items-center justify-center overflow-hidden rounded-md border bg-black text-sm text-white no-underline"
      >
        <span className="sr-only">
          <Trans>Open the console of {name}</Trans>
        </span>
        {frame && (
          <ScreenPicture
            frame={frame}
            className={`absolute inset-0 size-full ${on ? '' : 'opacity-35 grayscale'}`}
          />
        )}
        {!on && (
          <span className="relative [text-shadow:0_0_4px_#000]">
            {frame ? <Trans>This is what it said last.</Trans> : <Trans>No screen</Trans>}
          </span>
        )}
        {on && !frame && byItself && !why && <Trans>First look…</Trans>}
        {on && !frame && !byItself && !why && (
          <span aria-hidden>
            <Trans>Open the console</Trans>
          </span>
        )}
        {on && why && (
          <span className="relative px-6 text-center [text-shadow:0_0_4px_#000]">
            {why}
          </span>
        )}
      </Link>
      <p className="mt-2 min-h-5 text-sm text-muted tabular-nums">
        {frame && <Age at={frame.at} />}
        {!frame && session && !byItself && (
          <Trans>
            It is looked at only when you ask: a second viewer may disturb whoever works at
            it.
          </Trans>
        )}
      </p>
    </Card>
  )
}
