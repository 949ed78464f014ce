/** Shows a recorded screen with its timeline; it opens on the last image. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { startOf, type Recording } from '../../screen/recording/recording.ts'
import { spanOf, Timeline } from '../../screen/recording/Timeline.tsx'
import { usePlayback } from '../../screen/recording/use-playback.ts'
import { usePlayer } from '../../screen/recording/use-player.ts'
import { Banner } from '../../ui/Banner.tsx'

export function Theatre({ recording }: { recording: Recording }) {
  const { t } = useLingui()
  const { segments, endsAt, name } = recording
  const from = startOf(recording)
  const [at, setAt] = useState(endsAt)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const { host, failed } = usePlayer(segments, at)
  usePlayback(playing, speed, (ms) => {
    const next = Math.min(at + ms, endsAt)
    setAt(next)
    if (next === endsAt) setPlaying(false)
  })
  const position = spanOf(at - from)
  const length = spanOf(endsAt - from)
  return (
    <>
      <figure aria-label={t`Screen recording of ${name}`} className="relative min-h-0 grow">
        <div ref={host} className="absolute inset-0" />
      </figure>
      {failed && (
        <Banner kind="error" className="m-3">
          <Trans>Can’t show this moment because the recording is damaged.</Trans>
        </Banner>
      )}
      <div className="border-t border-border bg-surface p-3">
        <Timeline
          segments={segments}
          from={from}
          to={endsAt}
          at={at}
          playing={playing}
          speed={speed}
          position={t`${position} of ${length}`}
          onSeek={(moment) => setAt(moment)}
          onPlay={(play) => {
            if (play && at >= endsAt) setAt(from)
            setPlaying(play)
          }}
          onSpeed={setSpeed}
        />
      </div>
    </>
  )
}
