/** How a text is going, and how it went: in words first, the bar repeats them. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { StopReason } from './typist.ts'
import type { Typing } from './use-typist.ts'

function useStopWords(): (reason: StopReason | undefined) => string {
  const { t } = useLingui()
  return (reason) => {
    switch (reason) {
      case 'key':
        return t`Typing stopped because you pressed a key in the console. That key wasn’t sent.`
      case 'view-only':
        return t`Typing stopped because the console is now view-only.`
      case 'hidden':
        return t`Typing stopped because this tab was hidden for more than five seconds.`
      case 'disconnected':
        return t`Typing stopped because the connection was lost.`
      default:
        return t`Typing canceled`
    }
  }
}

function Bar({ share }: { share: number }) {
  return (
    <div className="h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
      <div
        className="h-full origin-left bg-accent-fill forced-colors:bg-[Highlight]"
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  )
}

export function TypingProgress({ typing, after }: { typing: Typing; after?: ReactNode }) {
  const { t, i18n } = useLingui()
  const stopWords = useStopWords()
  const { phase, total, sent, confirmed, acknowledged, quiet, reason } = typing.progress
  if (phase === 'idle') return null
  const number = (value: number) => i18n.number(value)
  if (phase === 'typing') {
    const seconds = Math.ceil(typing.progress.secondsLeft)
    return (
      <div className="grid gap-2" data-typing={phase}>
        <Bar share={total === 0 ? 0 : sent / total} />
        <progress
          className="sr-only"
          aria-label={t`Typing progress`}
          value={sent}
          max={total}
        />
        <p className="flex items-center justify-between gap-2 text-sm tabular-nums">
          <span>
            <Trans>
              {number(sent)} of {number(total)} · {number(seconds)} s left
            </Trans>
          </span>
          <Button size="sm" onClick={typing.cancel}>
            <Trans>Cancel (Esc)</Trans>
          </Button>
        </p>
        {quiet && (
          <Banner kind="warning">
            <Trans>
              The instance isn’t responding to keys. Typing continues when it does.
            </Trans>
          </Banner>
        )}
      </div>
    )
  }
  if (phase === 'stopped')
    return (
      <div data-typing={phase}>
        <Banner kind="warning" title={stopWords(reason)}>
          {acknowledged ? (
            <Trans>
              {number(confirmed)} of {number(total)} characters confirmed. A few more may
              have arrived.
            </Trans>
          ) : (
            <Trans>
              {number(sent)} of {number(total)} characters sent.
            </Trans>
          )}
        </Banner>
      </div>
    )
  const seconds = i18n.number(typing.progress.tookMs / 1_000, { maximumFractionDigits: 1 })
  return (
    <div className="grid gap-2" data-typing={phase}>
      {acknowledged ? (
        <Banner
          kind="success"
          title={
            <Plural
              value={confirmed}
              one="# character confirmed by the machine"
              other="# characters confirmed by the machine"
            />
          }
        >
          <Trans>Took {seconds} s.</Trans>
        </Banner>
      ) : (
        <Banner
          kind="info"
          title={<Trans>{number(sent)} characters sent, unconfirmed</Trans>}
        >
          <Trans>
            This instance doesn’t confirm the keys that it receives. Check the screen.
          </Trans>
        </Banner>
      )}
      {after}
    </div>
  )
}
