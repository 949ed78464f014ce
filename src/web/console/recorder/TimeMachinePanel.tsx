/** The last ten minutes of a screen: look back while it goes on, and keep them as a file. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Download, FastForward, FileClock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

import { formatClockSeconds } from '../../components/format.ts'
import { useNow } from '../../hooks/use-now.ts'
import { recorderOf } from '../../screen/recording/recorder.ts'
import { startOf, type Segment } from '../../screen/recording/recording.ts'
import { agoOf, Timeline } from '../../screen/recording/Timeline.tsx'
import { usePlayback } from '../../screen/recording/use-playback.ts'
import { usePlayer } from '../../screen/recording/use-player.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import type { ToolProps } from '../tool.ts'
import { SaveDialog } from './SaveDialog.tsx'

const none: readonly Segment[] = []

/** While the past is shown no key and no click reaches the machine. */
function useHandsOff(on: boolean, { connection, viewOnly, layer }: ToolProps): void {
  // The screen and its keys are outside React.
  useEffect(() => {
    if (!on) return
    const screen = layer?.parentElement?.querySelector<HTMLElement>('[role=application]')
    connection.setViewOnly(true)
    if (screen) screen.inert = true
    return () => {
      if (screen) screen.inert = false
      connection.setViewOnly(viewOnly)
    }
  }, [on, connection, viewOnly, layer])
}

export function TimeMachinePanel(props: ToolProps) {
  const { t } = useLingui()
  const { connection, row, name, layer } = props
  const now = useNow(true, 250)
  const recorder = recorderOf(connection)
  /** Undefined is the present. */
  const [at, setAt] = useState<number>()
  /** The segments as they were when the past was entered: nothing is let go under one's eyes. */
  const [held, setHeld] = useState<readonly Segment[]>(none)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const [saving, setSaving] = useState(false)
  const past = at !== undefined
  const kept = recorder?.segments ?? none
  const newest = held.at(-1)?.startedAt ?? 0
  const segments = past
    ? [...held, ...kept.filter(({ startedAt }) => startedAt > newest)]
    : kept
  const from = startOf({ segments, endsAt: now, name: '', zone: '' })

  const backToNow = () => {
    setAt(undefined)
    setPlaying(false)
    setHeld(none)
  }
  const seek = (moment: number) => {
    if (!past) setHeld(kept)
    setAt(moment)
  }
  useHandsOff(past, props)
  usePlayback(playing, speed, (ms) => {
    const next = (at ?? now) + ms
    if (next >= now) backToNow()
    else setAt(next)
  })
  const { host, failed } = usePlayer(segments, at)

  if (segments.length === 0)
    return (
      <p className="text-sm text-muted">
        <Trans>Nothing recorded yet. Recording starts with the first image.</Trans>
      </p>
    )
  const ago = agoOf(now - (at ?? now))
  const clock = formatClockSeconds(at ?? now)
  return (
    <>
      <Timeline
        segments={segments}
        from={from}
        to={now}
        at={at ?? now}
        playing={playing}
        speed={speed}
        position={past ? t`${ago} ago` : t`Now`}
        onSeek={seek}
        onPlay={(play) => {
          // From the present there is nothing to play but what was.
          if (play && !past) seek(from)
          setPlaying(play)
        }}
        onSpeed={setSpeed}
      >
        <Button
          size="sm"
          icon={<FastForward />}
          disabledReason={past ? null : t`You’re already viewing the live screen.`}
          onClick={backToNow}
        >
          <Trans>Go to live</Trans>
        </Button>
        <Button size="sm" icon={<Download />} onClick={() => setSaving(true)}>
          <Trans>Save…</Trans>
        </Button>
        <a
          href="/replay"
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ size: 'sm', variant: 'ghost' })}
        >
          <FileClock aria-hidden="true" />
          <Trans>Open saved recording</Trans>
        </a>
      </Timeline>
      {past &&
        layer &&
        createPortal(
          <div
            data-part="past"
            className="ui-dark pointer-events-auto absolute inset-0 bg-black text-text"
          >
            <div ref={host} className="absolute inset-0" />
            <div className="absolute inset-0 outline-2 -outline-offset-2 outline-transitional" />
            <output className="absolute inset-x-0 top-0 mx-auto w-fit rounded-b-md bg-transitional-tint px-3 py-1 text-sm">
              {failed ? (
                <Trans>Can’t show this moment</Trans>
              ) : (
                <Trans>
                  Viewing {clock}. The instance keeps running, but keys and clicks aren’t
                  sent.
                </Trans>
              )}
            </output>
          </div>,
          layer,
        )}
      {saving && (
        <SaveDialog
          recording={{
            name,
            zone: row?.zone ?? '',
            endsAt: now,
            segments,
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  )
}
