/**
 * Describes how long operations usually take. `GET /api/zones/:zone/usual` returns a `Usual`: how many ms
 * an endpoint's operations usually take in a zone, as far as Vedette has followed them. Endpoints
 * that it has not followed often enough are absent.
 */
import type { PlannedStep } from './plan.ts'

export type Usual = Record<string, number>

const longTimes = 3

/** Whether an operation with this elapsed time takes longer than usual. */
export const isLong = (elapsedMs: number, usualMs: number | undefined): boolean =>
  usualMs !== undefined && elapsedMs > longTimes * usualMs

/**
 * How long an instance is usually offline during these steps: from its stop to the end of its start.
 * Undefined if it stays on, stays off, or the time of a step is unknown.
 */
export function offlineMs(
  steps: readonly Pick<PlannedStep, 'endpoint'>[],
  usual: Usual,
): number | undefined {
  const from = steps.findIndex(({ endpoint }) => endpoint === 'stop-instance')
  const to = steps.findIndex(({ endpoint }) => endpoint === 'start-instance')
  if (from < 0 || to < from) return undefined
  let sum = 0
  for (const { endpoint } of steps.slice(from, to + 1)) {
    const ms = usual[endpoint]
    if (ms === undefined) return undefined
    sum += ms
  }
  return sum
}
