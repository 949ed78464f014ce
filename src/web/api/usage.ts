/** Reads what the organization used and what that emits; only the overview needs it. */
import { readFootprint } from '#contract/usage/footprint.ts'
import { readUsage, type Month } from '#contract/usage/usage.ts'

import { RequestError } from './client.ts'
import { zoneQuery } from './queries.ts'

const staleTime = 10 * 60_000

/** What was read, or the problem of an answer that is no report. */
function reportOf<T>(zone: string, read: T | undefined): T {
  if (read !== undefined) return read
  const message = `${zone} sent a response that Vedette can’t read.`
  const cause = { code: 'unreadable-answer', zone } as const
  throw new RequestError({ code: 'zone-garbage', status: 502, message, cause })
}

/** What the organization used in a month. */
export const usageQuery = (zone: string, { period }: Month) =>
  zoneQuery('get-usage-report', zone, {
    query: { period },
    staleTime,
    pick: (answer: unknown) => reportOf(zone, readUsage(answer)),
  })

/** What the organization's use emitted in a month. */
export const footprintQuery = (zone: string, { from, to }: Month) =>
  zoneQuery('get-impact-report', zone, {
    query: { from, to },
    staleTime,
    pick: (answer: unknown) => reportOf(zone, readFootprint(answer)),
  })
