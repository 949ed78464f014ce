/** Shows what the VNC server is and can do, and how good the connection to it is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'

import { formatClockSeconds, formatNumber } from '../components/format.ts'
import type { Abilities } from '../screen/abilities.ts'
import type { ConnectionReason } from '../screen/connection-state.ts'
import { useReasonWords } from '../screen/connection-words.ts'
import { median } from '../screen/median.ts'
import { feelPulse, type Pulse } from '../screen/pulse.ts'
import { Button } from '../ui/Button.tsx'
import type { ToolProps } from './tool.ts'

const everyMs = 1_000

type Reading = { abilities: Abilities | undefined; rate: number; updates: number }

/** Reads the connection once a second, and how much data arrived within that second. */
function useReading({ connection }: Pick<ToolProps, 'connection'>): Reading {
  const [reading, setReading] = useState<Reading>({
    abilities: connection.abilities,
    rate: 0,
    updates: 0,
  })
  // The connection is outside React.
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

function PulseCheck({ connection, state }: Pick<ToolProps, 'connection' | 'state'>) {
  const { t } = useLingui()
  const [pulse, setPulse] = useState<Pulse | 'asking'>()
  const words = () => {
    if (pulse === undefined || pulse === 'asking') return ''
    if (pulse.kind === 'answers') {
      const { ms } = pulse
      return t`The instance responds to keys (${ms} ms).`
    }
    if (pulse.kind === 'silent')
      return t`The connection works, but the instance doesn’t respond to keys.`
    if (pulse.kind === 'down') return t`The connection is down, so this can’t be tested.`
    return t`This VNC server doesn’t report the keyboard LEDs, so this can’t be tested.`
  }
  const ask = async () => {
    setPulse('asking')
    setPulse(await feelPulse(connection))
  }
  return (
    <section className="grid justify-items-start gap-2 border-t border-border pt-3">
      <p className="text-muted">
        <Trans>Presses Num Lock twice and waits for the LED to change.</Trans>
      </p>
      <Button
        size="sm"
        pending={pulse === 'asking'}
        disabledReason={state.status === 'open' ? null : t`The console isn’t connected.`}
        onClick={() => void ask()}
      >
        <Trans>Test keyboard</Trans>
      </Button>
      <output>{words()}</output>
    </section>
  )
}

function CloseCode({ code }: { code: number }) {
  const { t } = useLingui()
  return <span className="text-muted"> {t`Close code ${code}.`}</span>
}

function PastAttempts({ state: { past } }: Pick<ToolProps, 'state'>) {
  const { t } = useLingui()
  const words = useReasonWords()
  if (past.length === 0) return null
  const text = (reason: ConnectionReason) =>
    reason.kind === 'left' ? t`You disconnected.` : words(reason)
  return (
    <section className="border-t border-border pt-3">
      <h3 className="mb-1 font-medium">
        <Trans>Previous connections</Trans>
      </h3>
      <ol className="grid gap-1.5">
        {past.toReversed().map(({ number, endedAt, reason }) => (
          <li key={number} className="grid grid-cols-[auto_1fr] gap-x-2">
            <span className="text-muted tabular-nums">{formatClockSeconds(endedAt)}</span>
            <span className="min-w-0 break-words">
              {text(reason)}
              {reason.kind === 'lost' && <CloseCode code={reason.code} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function AboutPanel({ connection, state }: ToolProps) {
  const { t } = useLingui()
  const { abilities, rate, updates } = useReading({ connection })
  const yes = (can: boolean) => (can ? t`Yes` : t`No`)
  const kilobytes = formatNumber(rate / 1_000)
  const perSecond = formatNumber(Math.round(updates))
  const { size } = state
  const { latencies, traffic } = connection
  const least = Math.round(Math.min(...latencies))
  const middle = Math.round(median(latencies) ?? 0)
  const megabytes = formatNumber((traffic?.bytesIn ?? 0) / 1e6)
  return (
    <div className="grid gap-3 text-sm">
      <dl>
        <Line label={<Trans>VNC server</Trans>}>
          <bdi translate="no">{connection.serverName || '–'}</bdi>
        </Line>
        <Line label={<Trans>Resolution</Trans>}>
          {size ? `${size.width} × ${size.height}` : '–'}
        </Line>
        <Line label={<Trans>Latency</Trans>}>
          {latencies.length === 0 ? (
            '–'
          ) : (
            <Trans>
              {middle} ms median, {least} ms best
            </Trans>
          )}
        </Line>
        <Line label={<Trans>Received</Trans>}>
          <Trans>
            {kilobytes} kB/s, {perSecond} messages/s, {megabytes} MB in total
          </Trans>
        </Line>
        {abilities && (
          <>
            <Line label={<Trans>Protocol</Trans>}>RFB {abilities.version}</Line>
            <Line label={<Trans>Security</Trans>}>
              {abilities.security === 1
                ? t({ message: 'None', context: 'security type' })
                : abilities.security}
            </Line>
            <Line label={<Trans>Hardware key codes</Trans>}>
              {yes(abilities.extendedKeys)}
            </Line>
            <Line label={<Trans>Keyboard LEDs</Trans>}>{yes(abilities.lights)}</Line>
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
      <PulseCheck connection={connection} state={state} />
      <PastAttempts state={state} />
    </div>
  )
}
