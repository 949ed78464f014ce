/** Shows how long an operation usually takes, as Vedette has measured it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'
import { isLong } from '#contract/usual.ts'

import { usualQuery } from '../api/queries.ts'
import { formatNumber } from './format.ts'

/**
 * A span that is precise enough for a hint: `8 s`, `2 min`. They are messages, because the short
 * units of `Intl` are abbreviated words in German.
 */
export function useSpanWords(): (ms: number) => string {
  const { t } = useLingui()
  return (ms) => {
    const total = Math.max(1, Math.round(ms / 1000))
    const seconds = formatNumber(total)
    if (total < 100) return t`${seconds} s`
    const minutes = formatNumber(Math.round(total / 60))
    return t`${minutes} min`
  }
}

/** How long a change usually takes, shown before it is sent; null if it is unknown. */
export function useUsualWords(zone: string, endpoint: EndpointId): string | null {
  const { t } = useLingui()
  const { data: usual = {} } = useQuery(usualQuery(zone))
  const spanOf = useSpanWords()
  const ms = usual[endpoint]
  if (ms === undefined) return null
  const span = spanOf(ms)
  return t`Usually takes about ${span}.`
}

/** The same beside an operation in progress; nothing if it is unknown. */
export function UsualTime({
  zone,
  endpoint,
  elapsedMs,
}: {
  zone: string
  endpoint: string
  elapsedMs: number
}) {
  const { data: usual = {} } = useQuery(usualQuery(zone))
  const spanOf = useSpanWords()
  const ms = usual[endpoint]
  if (ms === undefined) return null
  const span = spanOf(ms)
  return (
    <p className="text-xs text-muted">
      {isLong(elapsedMs, ms) ? (
        <span className="text-warning">
          <Trans>Taking longer than usual (about {span}).</Trans>
        </span>
      ) : (
        <Trans>Usually takes about {span}.</Trans>
      )}
    </p>
  )
}
