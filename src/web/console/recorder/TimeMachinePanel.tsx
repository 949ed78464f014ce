/** Shows the last ten minutes of a live screen, and saves them as a file. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Download, FastForward, FileClock } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

import { formatAge, formatClockSeconds } from '../../components/format.ts'
import { useNow } from '../../hooks/use-now.ts'
import { recorderOf } from '../../screen/recording/recorder.ts'
import { startOf, type Segment } from '../../screen/recording/recording.ts'
import { Timeline } from '../../screen/recording/Timeline.tsx'
import { usePlayback } from '../../screen/recording/use-playback.ts'
import { usePlayer } from '../../screen/recording/use-player.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/Button.tsx'
import type { ToolProps } from '../tool.ts'
import { SaveDialog } from './SaveDialog.tsx'

const none: readonly Segment[] = []

/** While the past is shown, no key and no click reaches the instance. */
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

/** Where in the history a person is; the present has no moment of its own. */
function useMoment(kept: readonly Segment[], now: number) {
  const [at, setAt] = useState<number>()
  /** The segments as they were when the past was entered, so that none is dropped while shown. */
  const [held, setHeld] = useState<readonly Segment[]>(none)
  const newest = held.at(-1)?.startedAt ?? 0
  const segments =
    at === undefined
      ? kept
      : [...held, ...kept.filter(({ startedAt }) => startedAt > newest)]
  const seek = (moment: number) => {
    if (at === undefined) setHeld(kept)
    setAt(moment)
  }
  const goToNow = () => {
    setAt(undefined)
    setHeld(none)
  }
  const from = startOf({ segments, endsAt: now, name: '', zone: '' })
  return { at, segments, from, seek, moveTo: setAt, goToNow }
}

/** Lies over the live screen. */
function PastScreen({
  at,
  host,
  failed,
}: { at: number } & Pick<ReturnType<typeof usePlayer>, 'host' | 'failed'>) {
  const time = formatClockSeconds(at)
  return (
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
            Viewing {time}. The instance keeps running, but keys and clicks aren’t sent.
          </Trans>
        )}
      </output>
    </div>
  )
}

function HistoryButtons({
  past,
  onGoToNow,
  onSave,
}: {
  past: boolean
  onGoToNow: () => void
  onSave: () => void
}) {
  const { t } = useLingui()
  return (
    <>
      <Button
        size="sm"
        icon={<FastForward />}
        disabledReason={past ? null : t`You’re already viewing the live screen.`}
        onClick={onGoToNow}
      >
        <Trans>Go to live</Trans>
      </Button>
      <Button size="sm" icon={<Download />} onClick={onSave}>
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
    </>
  )
}

export function TimeMachinePanel(props: ToolProps) {
  const { t } = useLingui()
  const { connection, row, name, layer } = props
  const now = useNow(true, 250)
  const kept = recorderOf(connection)?.segments ?? none
  const { at, segments, from, seek, moveTo, goToNow } = useMoment(kept, now)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const [saving, setSaving] = useState(false)
  const past = at !== undefined
  const backToNow = () => {
    goToNow()
    setPlaying(false)
  }
  useHandsOff(past, props)
  usePlayback(playing, speed, (ms) => {
    const next = (at ?? now) + ms
    if (next >= now) backToNow()
    else moveTo(next)
  })
  const { host, failed } = usePlayer(segments, at)

  if (segments.length === 0)
    return (
      <p className="text-sm text-muted">
        <Trans>Nothing recorded yet. Recording starts with the first image.</Trans>
      </p>
    )
  return (
    <>
      <Timeline
        {...{ segments, from, playing, speed }}
        to={now}
        at={at ?? now}
        position={past ? formatAge(at, now) : t`Now`}
        onSeek={seek}
        onPlay={(play) => {
          // From the present, playing starts at the beginning of the recording.
          if (play && !past) seek(from)
          setPlaying(play)
        }}
        onSpeed={setSpeed}
      >
        <HistoryButtons past={past} onGoToNow={backToNow} onSave={() => setSaving(true)} />
      </Timeline>
      {past && layer && createPortal(<PastScreen {...{ at, host, failed }} />, layer)}
      {saving && (
        <SaveDialog
          recording={{ name, zone: row?.zone ?? '', endsAt: now, segments }}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  )
}
