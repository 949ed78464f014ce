/** How long something usually takes, as this console has learnt it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { EndpointId } from '#contract/endpoints.ts'
import { isLong } from '#contract/usual.ts'

import { usualQuery } from '../api/queries.ts'

/** A span nobody needs to the second: `8 s`, `2 min`. */
export function useSpanWords(): (ms: number) => string {
  const { t } = useLingui()
  return (ms) => {
    const seconds = Math.max(1, Math.round(ms / 1000))
    if (seconds < 100) return t`${seconds} s`
    const minutes = Math.round(seconds / 60)
    return t`${minutes} min`
  }
}

/** Before something is asked: how long it usually takes; null where it is not known. */
export function useUsualWords(zone: string, endpoint: EndpointId): string | null {
  const { t } = useLingui()
  const { data: usual = {} } = useQuery(usualQuery(zone))
  const spanOf = useSpanWords()
  const ms = usual[endpoint]
  if (ms === undefined) return null
  const span = spanOf(ms)
  return t`Usually takes about ${span}.`
}

/** Beside what is running; nothing where it is not known. */
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
