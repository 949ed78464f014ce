/**
 * Defines names that trigger failures, so that every failure can be shown by hand and tested without
 * interception. The seed has an instance of each name, and a volume for `attach`, but none for
 * creation and protection. An instance that is created with or renamed to such a name fails, too.
 * docs/sandbox.md lists them, and two that are only names of the seed's: `stuck-starting` and `broken-disk`.
 */
import { reasons } from '#contract/failure.ts'

import type { Failure } from './operations.ts'

export const sentinels = {
  start: 'fails-on-start',
  /** Its start fails, and it stays in state `error`. */
  break: 'breaks-on-start',
  snapshot: 'fails-on-snapshot',
  stop: 'never-stops',
  attach: 'fails-on-attach',
  /** Of `unlucky-01`, `unlucky-02` …, only the second fails. */
  create: 'unlucky-02',
  protect: 'fails-on-protect',
} as const

const failures: Record<keyof typeof sentinels, Failure> = {
  start: {
    reason: 'unavailable',
    message: 'Not enough capacity in this zone for the instance',
  },
  break: { reason: 'fault', message: 'The disk could not be opened' },
  snapshot: { reason: 'fault', message: 'The disk could not be read' },
  attach: {
    reason: 'unavailable',
    message: 'The host can’t reach the volume right now',
  },
  stop: {
    state: 'timeout',
    reason: 'unknown',
    message: 'The guest did not shut down in time',
  },
  create: {
    reason: 'unavailable',
    message: 'Not enough capacity in this zone for the instance',
  },
  protect: { reason: 'fault', message: 'Instance protection could not be saved' },
}

const byReason = /^fails-with-([a-z-]+)$/

/**
 * How a change of an instance named `fails-with-<reason>` ends; undefined for other names. What update-instance
 * changes, labels that are cleared, protection and deletion don't fail.
 */
export function failureByName(name: string | undefined): Failure | undefined {
  const asked = byReason.exec(name ?? '')?.[1]
  const reason = reasons.find((one) => one === asked)
  return reason && { reason, message: `The instance name triggers the reason ${reason}` }
}

/** How `doing` ends for an instance with this name; undefined if it succeeds. */
export function failureOf(
  doing: keyof typeof sentinels,
  name: string | undefined,
): Failure | undefined {
  return name === sentinels[doing] ? failures[doing] : failureByName(name)
}

/** How turning on protection fails; `fails-with-<reason>` doesn't affect it. */
export const lockFailure = (name: string | undefined): Failure | undefined =>
  name === sentinels.protect ? failures.protect : undefined
