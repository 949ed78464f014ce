/** Shows a recording's timeline: the position, where the screen changed, and how to move. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Pause, Play } from 'lucide-react'
import type { ReactNode } from 'react'

import { formatClockSeconds, formatElapsed } from '../../components/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { changes, type Segment } from './recording.ts'

const slices = 240
const speeds = [1, 2, 4, 16]

/** How far into a recording, or how long it is, to the nearest second: `0:41`. */
export const spanOf = (ms: number) => formatElapsed(Math.round(ms / 1_000) * 1_000)

function Changes({ levels }: { levels: readonly number[] }) {
  return (
    <svg
      viewBox={`0 0 ${slices} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-5 w-full text-accent"
    >
      {levels.map((level, index) =>
        level === 0 ? null : (
          <rect
            // Slices have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key -- see above
            key={index}
            x={index}
            y={20 - Math.max(level * 20, 3)}
            width={0.8}
            height={Math.max(level * 20, 3)}
            fill="currentColor"
          />
        ),
      )}
    </svg>
  )
}

type TimelineProps = {
  segments: readonly Segment[]
  from: number
  to: number
  at: number
  playing: boolean
  speed: number
  onSeek: (at: number) => void
  onPlay: (playing: boolean) => void
  onSpeed: (speed: number) => void
  /** The position in words, beside the clock. */
  position: string
  children?: ReactNode
}

export function Timeline(props: TimelineProps) {
  const { t } = useLingui()
  const { segments, from, to, at, playing, speed } = props
  const length = Math.max(to - from, 1)
  return (
    <div className="grid gap-2">
      <div className="grid">
        <Changes levels={changes(segments, from, to, slices)} />
        <input
          type="range"
          aria-label={t`Time`}
          aria-valuetext={`${formatClockSeconds(at)}, ${props.position}`}
          min={0}
          max={length}
          // Any coarser, and the thumb of a short recording would not reach its end.
          step={1}
          value={at - from}
          // A second with an arrow, half a minute with Page Up and Page Down.
          onKeyDown={(event) => {
            const steps: Record<string, number> = {
              ArrowLeft: -1_000,
              ArrowRight: 1_000,
              ArrowDown: -1_000,
              ArrowUp: 1_000,
              PageDown: -30_000,
              PageUp: 30_000,
            }
            const step = steps[event.key]
            if (step === undefined) return
            event.preventDefault()
            props.onSeek(Math.min(Math.max(at + step, from), to))
          }}
          onChange={({ target }) => props.onSeek(from + target.valueAsNumber)}
          style={{ '--filled': `${(100 * (at - from)) / length}%` } as object} // a custom property
          className="ui-range w-full pointer-coarse:h-11"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <IconButton
          label={playing ? t`Pause` : t`Play`}
          size="sm"
          onClick={() => props.onPlay(!playing)}
        >
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <Select
          aria-label={t`Speed`}
          value={String(speed)}
          onChange={({ target }) => props.onSpeed(Number(target.value))}
          className="w-20"
        >
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one} ×
            </option>
          ))}
        </Select>
        <span className="text-sm tabular-nums" data-part="clock">
          {formatClockSeconds(at)}
        </span>
        <span className="text-xs text-muted tabular-nums">{props.position}</span>
        <span className="grow" />
        {props.children}
      </div>
      <p className="sr-only">
        <Trans>
          Arrow keys move by 1 second. Page Up and Page Down move by 30 seconds.
        </Trans>
      </p>
    </div>
  )
}
