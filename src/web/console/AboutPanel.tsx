/** What the other side of a screen is and can do, and how the line to it is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'

import type { Abilities } from './abilities.ts'
import type { ToolProps } from './tools.tsx'

const everyMs = 1_000

type Reading = { abilities: Abilities | undefined; rate: number; updates: number }

/** Reads the connection once a second, and how much came within that second. */
function useReading({ connection }: Pick<ToolProps, 'connection'>): Reading {
  const [reading, setReading] = useState<Reading>({
    abilities: connection.abilities,
    rate: 0,
    updates: 0,
  })
  // The wire is outside React.
  useEffect(() => {
    let bytes = 0
    let updates = 0
    const stop = connection.taps.heard.on((message) => {
      bytes += message.bytes.byteLength
      updates += 1
    })
    let since = performance.now()
    const timer = setInterval(() => {
      const seconds = (performance.now() - since) / 1_000
      since = performance.now()
      setReading({
        abilities: connection.abilities,
        rate: bytes / seconds,
        updates: updates / seconds,
      })
      bytes = 0
      updates = 0
    }, everyMs)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [connection])
  return reading
}

function Line({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[9rem_1fr] gap-2 py-1">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  )
}

export function AboutPanel({ connection, state }: ToolProps) {
  const { t, i18n } = useLingui()
  const { abilities, rate, updates } = useReading({ connection })
  const yes = (can: boolean) => (can ? t`yes` : t`no`)
  const kilobytes = i18n.number(rate / 1_000, { maximumFractionDigits: 1 })
  const perSecond = i18n.number(updates, { maximumFractionDigits: 0 })
  const { size, latencyMs } = state
  return (
    <dl className="text-sm">
      <Line label={<Trans>Server</Trans>}>
        <bdi translate="no">{connection.serverName || '–'}</bdi>
      </Line>
      <Line label={<Trans>Resolution</Trans>}>
        {size ? `${size.width} × ${size.height}` : '–'}
      </Line>
      <Line label={<Trans>Answers within</Trans>}>
        {latencyMs === undefined ? '–' : `${latencyMs} ms`}
      </Line>
      <Line label={<Trans>Received</Trans>}>
        <Trans>
          {kilobytes} kB/s, {perSecond} messages/s
        </Trans>
      </Line>
      <Line label={<Trans>Protocol</Trans>}>{abilities && `RFB ${abilities.version}`}</Line>
      <Line label={<Trans>Security</Trans>}>
        {abilities && (abilities.security === 1 ? t`none of its own` : abilities.security)}
      </Line>
      {abilities && (
        <>
          <Line label={<Trans>Keys by place</Trans>}>{yes(abilities.extendedKeys)}</Line>
          <Line label={<Trans>Keyboard lights</Trans>}>{yes(abilities.lights)}</Line>
          <Line label={<Trans>Unicode clipboard</Trans>}>
            {yes(abilities.extendedClipboard)}
          </Line>
          <Line label={<Trans>Remote resizing</Trans>}>{yes(abilities.resize)}</Line>
          <Line label={<Trans>Fence</Trans>}>{yes(abilities.fence)}</Line>
          <Line label={<Trans>Continuous updates</Trans>}>
            {yes(abilities.continuousUpdates)}
          </Line>
        </>
      )}
    </dl>
  )
}
