/**
 * Groups the zones that are down by the reason, so that an API key that no zone accepts is one
 * banner and not eight.
 */
import type { ZoneHealth } from '#contract/feed.ts'
import type { ProblemCode } from '#contract/problem.ts'

import { formatList } from '../components/format.ts'
import { zoneCity } from '../components/zone-city.ts'

export type Trouble = {
  code: ProblemCode
  zones: ZoneHealth[]
  /** Epoch ms of the oldest data shown, where each of the zones has a time. */
  at: number | undefined
  /** The message of each zone. */
  problems: NonNullable<ZoneHealth['problem']>[]
}

export function citiesOf(zones: readonly ZoneHealth[]): string {
  return formatList(zones.map(({ zone }) => zoneCity(zone)))
}

export function groupTroubles(zones: readonly ZoneHealth[]): Trouble[] {
  const groups = new Map<string, ZoneHealth[]>()
  for (const health of zones) {
    if (health.status !== 'down') continue
    const code = health.problem?.code ?? 'internal'
    groups.set(code, [...(groups.get(code) ?? []), health])
  }
  return [...groups].map(([code, members]) => {
    const times = members.flatMap(({ at }) => at ?? [])
    return {
      code: code as ProblemCode, // the server's own codes; unknown ones have words, too
      zones: members,
      at: times.length === members.length ? Math.min(...times) : undefined,
      problems: members.flatMap(({ problem }) => problem ?? []),
    }
  })
}
