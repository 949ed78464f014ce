/** Says how the typing of a text is going, and how it ended. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

import { dot, formatNumber } from '../../components/format.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import type { StopReason } from './hands.ts'
import type { Progress } from './typist.ts'
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

function StillTyping({ typing }: { typing: Typing }) {
  const { t } = useLingui()
  const { total, sent, quiet, secondsLeft } = typing.progress
  const done = formatNumber(sent)
  const all = formatNumber(total)
  const seconds = formatNumber(Math.ceil(secondsLeft))
  return (
    <div className="grid gap-2" data-typing="typing">
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
            {done} of {all}
          </Trans>
          {dot}
          <Trans>{seconds} s left</Trans>
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

function StoppedTyping({ progress }: { progress: Progress }) {
  const { t } = useLingui()
  const { total, sent, confirmed, acknowledged, reason } = progress
  const stopWords = useStopWords()
  const arrived = formatNumber(acknowledged ? confirmed : sent)
  const all = formatNumber(total)
  return (
    <div data-typing="stopped">
      <Banner kind="warning" title={stopWords(reason)}>
        {acknowledged
          ? t`${plural(total, {
              one: `${arrived} of ${all} character confirmed. More may have arrived.`,
              other: `${arrived} of ${all} characters confirmed. A few more may have arrived.`,
            })}`
          : t`${plural(total, {
              one: `${arrived} of ${all} character sent.`,
              other: `${arrived} of ${all} characters sent.`,
            })}`}
      </Banner>
    </div>
  )
}

function DoneTyping({ progress }: { progress: Progress }) {
  const { t } = useLingui()
  const { sent, confirmed, acknowledged, tookMs } = progress
  const number = formatNumber(acknowledged ? confirmed : sent)
  const seconds = formatNumber(tookMs / 1_000)
  if (acknowledged)
    return (
      <Banner
        kind="success"
        title={t`${plural(confirmed, {
          one: `${number} character confirmed by the instance`,
          other: `${number} characters confirmed by the instance`,
        })}`}
      >
        <Trans>Took {seconds} s.</Trans>
      </Banner>
    )
  return (
    <Banner
      kind="info"
      title={t`${plural(sent, {
        one: `${number} character sent, not confirmed`,
        other: `${number} characters sent, not confirmed`,
      })}`}
    >
      <Trans>
        This instance doesn’t confirm the keys that it receives. Check the screen.
      </Trans>
    </Banner>
  )
}

export function TypingProgress({ typing, after }: { typing: Typing; after?: ReactNode }) {
  const { progress } = typing
  switch (progress.phase) {
    case 'idle':
      return null
    case 'typing':
      return <StillTyping typing={typing} />
    case 'stopped':
      return <StoppedTyping progress={progress} />
    case 'done':
      return (
        <div className="grid gap-2" data-typing="done">
          <DoneTyping progress={progress} />
          {after}
        </div>
      )
  }
}
