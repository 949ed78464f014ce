/**
 * Names that make one thing fail, so that every bad path can be shown by hand and tested
 * without interception. The seed has a machine of each name; one created with, or renamed
 * to, such a name behaves alike. docs/sandbox.md lists them, together with the two that are
 * only a state: `stuck-starting` and `broken-disk`.
 */
import { reasons } from '#contract/failure.ts'

import type { Failure } from './operations.ts'

export const sentinels = {
  start: 'fails-on-start',
  snapshot: 'fails-on-snapshot',
  stop: 'never-stops',
} as const

const failures: Record<keyof typeof sentinels, Failure> = {
  start: {
    reason: 'unavailable',
    message: 'No host of this zone has room for the instance',
  },
  snapshot: { reason: 'fault', message: 'The disk could not be read' },
  stop: {
    state: 'timeout',
    reason: 'unknown',
    message: 'The guest did not shut down in time',
  },
}

const byReason = /^fails-with-([a-z-]+)$/

/**
 * How any change of a machine named `fails-with-<reason>` ends; undefined for other names. It can
 * still be renamed, labelled, unlocked and deleted.
 */
export function failureByName(name: string | undefined): Failure | undefined {
  const asked = byReason.exec(name ?? '')?.[1]
  const reason = reasons.find((one) => one === asked)
  return reason && { reason, message: `The machine’s name asks for the reason ${reason}` }
}

/** How `doing` ends for a machine of this name; undefined where nothing is wrong with it. */
export function failureOf(
  doing: keyof typeof sentinels,
  name: string | undefined,
): Failure | undefined {
  return name === sentinels[doing] ? failures[doing] : failureByName(name)
}
