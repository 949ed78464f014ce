/**
 * Zones that are down, told together where they are down for the same reason: one key that is
 * not accepted is one trouble, however many zones refuse it.
 */
import type { ZoneHealth } from '#contract/feed.ts'
import type { ProblemCode } from '#contract/problem.ts'
import { zoneCity } from '#contract/zones.ts'

export type Trouble = {
  code: ProblemCode
  zones: ZoneHealth[]
  /** Epoch ms of the oldest picture shown, where each of them has one. */
  at: number | undefined
  message: string
  /** They answered, and did not accept who asks. */
  refused: boolean
}

const refusals = new Set<string>(['bad-credentials', 'clock-skew', 'denied'])
const cities = new Intl.ListFormat('en', { type: 'conjunction' })

export function citiesOf(zones: readonly ZoneHealth[]): string {
  return cities.format(zones.map(({ zone }) => zoneCity(zone)))
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
    const messages = new Set(members.flatMap(({ problem }) => problem?.message ?? []))
    return {
      code: code as ProblemCode, // the server's own word, and unknown ones are worded too
      zones: members,
      at: times.length === members.length ? Math.min(...times) : undefined,
      message: [...messages].join(' '),
      refused: refusals.has(code),
    }
  })
}
