/**
 * Shows an instance's screen small: on its own page and beside its row in the list. Screenshots are
 * automatic in the sandbox; in real zones a person takes them, because a second viewer may disturb.
 */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { mayHaveScreen } from '#contract/lifecycle.ts'

import type { Row } from '../../api/inventory.ts'
import { sessionQuery } from '../../api/queries.ts'
import { Age } from '../../components/Age.tsx'
import { useRoleBlock } from '../../components/people/role-block.ts'
import { Button } from '../../ui/Button.tsx'
import { useReasonWords } from '../connection-words.ts'
import type { Frame } from './frame.ts'
import { NoScreen } from './NoScreen.tsx'
import { ScreenPicture } from './ScreenPicture.tsx'
import { useScreenWatch } from './use-screen-watch.ts'

const everyMs = 10_000

type Glance = {
  row: Row
  /** There can be a screen. */
  on: boolean
  /** Whether screenshots are taken automatically; undefined until that is known. */
  automatic: boolean | undefined
  /** Why this person sees no screen; null if they may. */
  block: string | null
  frame: Frame | undefined
  looking: boolean
  why: string
  lookNow: () => void
}

export function useGlance(row: Row, width: number): Glance {
  const { data: session } = useQuery(sessionQuery)
  const reasonWords = useReasonWords()
  const on = mayHaveScreen(row.state)
  const starting = row.state === 'starting'
  const block = useRoleBlock()('get-console-proxy-url')
  const automatic = session?.sandbox
  const { look, lookNow } = useScreenWatch(
    row,
    width,
    on && automatic && !block ? everyMs : null,
  )
  const { frame, looking, reason } = look
  const why = block ?? (starting ? '' : reasonWords(reason))
  return { row, on, automatic, block, frame, looking, why, lookNow }
}

/** What fills a black box of the screen's shape. */
export function GlancePicture({ glance }: { glance: Glance }) {
  const { row, on, automatic, frame, why } = glance
  const starting = row.state === 'starting'
  return (
    <>
      {frame && (
        <ScreenPicture
          frame={frame}
          className={`absolute inset-0 size-full ${on ? '' : 'opacity-35 grayscale'}`}
        />
      )}
      <span className="relative inline-flex items-center gap-2 px-6 text-center [text-shadow:0_0_4px_#000] empty:hidden">
        <NoScreen row={row} hasFrame={frame !== undefined} />
      </span>
      {on && !starting && !frame && automatic && !why && (
        <span className="px-6 text-center">
          <Trans>Loading screenshot…</Trans>
        </span>
      )}
      {on && why && (
        <span className="relative px-6 text-center [text-shadow:0_0_4px_#000]">{why}</span>
      )}
    </>
  )
}

/** How old the screenshot is, or why there is none yet. */
export function GlanceAge({ glance }: { glance: Glance }) {
  const { frame, automatic, block } = glance
  if (frame) return <Age at={frame.at} />
  if (automatic !== false || block) return null
  return (
    <Trans>
      The screen loads only when you ask, because a second viewer may disturb someone who is
      using it.
    </Trans>
  )
}

/** Only where screenshots aren't automatic. */
export function LookButton({ glance }: { glance: Glance }) {
  const { on, automatic, block, frame, looking, lookNow } = glance
  if (!on || block || automatic !== false) return null
  return (
    <Button size="sm" pending={looking} onClick={lookNow}>
      {frame ? <Trans>Refresh</Trans> : <Trans>Take screenshot</Trans>}
    </Button>
  )
}
