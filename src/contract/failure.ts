/**
 * Decides what a failed operation means, from Exoscale's reason, the operation and its end
 * (docs/platform.md#operations): what happened, in which state it leaves the instance, and
 * what to do next. It returns codes, which the pages put into words. Each combination has a
 * result.
 */
import { endpoints, type EndpointId } from './endpoints.ts'

export const reasons = [
  'busy',
  'conflict',
  'incorrect',
  'forbidden',
  'not-found',
  'unavailable',
  'unsupported',
  'partial',
  'interrupted',
  'fault',
  'unknown',
] as const
type Reason = (typeof reasons)[number]

/** How an operation can fail; `refused` was never started. */
export type BadEnd = 'failure' | 'timeout' | 'refused'

/** `unlisted`: Exoscale gave a reason that Vedette doesn't know. */
export type Happened = Reason | 'timeout' | 'unlisted'

export type Meaning =
  | 'nothing-changed'
  | 'still-off'
  | 'still-on'
  | 'power-open'
  | 'not-made'
  | 'may-be-made'
  | 'still-there'
  | 'may-be-gone'
  | 'no-copy'
  | 'copy-open'
  | 'disk-as-it-was'
  | 'disk-open'
  | 'still-detached'
  | 'still-attached'
  | 'attachment-open'
  | 'change-open'

export type NextStep =
  | 'wait-and-repeat'
  | 'look-and-repeat'
  | 'correct-it'
  | 'unlock-or-ask'
  | 'look-at-the-list'
  | 'repeat-later'
  | 'smaller-or-later'
  | 'choose-another'
  | 'watch-it'
  | 'look-at-its-screen'
  | 'ask-support'

export type Explanation = { happened: Happened; means: Meaning; next: NextStep }

const open: ReadonlySet<Happened> = new Set([
  'partial',
  'interrupted',
  'fault',
  'unknown',
  'unlisted',
  'timeout',
])

type Kind =
  | 'start'
  | 'power'
  | 'make'
  | 'remove'
  | 'copy'
  | 'disk'
  | 'attach'
  | 'detach'
  | 'change'

const kinds: Partial<Record<EndpointId, Kind>> = {
  'start-instance': 'start',
  'stop-instance': 'power',
  'reboot-instance': 'power',
  'create-instance': 'make',
  'register-ssh-key': 'make',
  'create-security-group': 'make',
  'create-block-storage-volume': 'make',
  'delete-instance': 'remove',
  'delete-snapshot': 'remove',
  'delete-ssh-key': 'remove',
  'delete-security-group': 'remove',
  'delete-block-storage-volume': 'remove',
  'evict-instance-pool-members': 'remove',
  'attach-block-storage-volume-to-instance': 'attach',
  'detach-block-storage-volume': 'detach',
  'create-snapshot': 'copy',
  'export-snapshot': 'copy',
  'reset-instance': 'disk',
  'revert-instance-to-snapshot': 'disk',
  'resize-instance-disk': 'disk',
}

/** The state after it, both for a certain result and for an unknown one. */
const meanings: Record<Kind, [certain: Meaning, open: Meaning]> = {
  start: ['still-off', 'power-open'],
  power: ['still-on', 'power-open'],
  make: ['not-made', 'may-be-made'],
  remove: ['still-there', 'may-be-gone'],
  copy: ['no-copy', 'copy-open'],
  disk: ['disk-as-it-was', 'disk-open'],
  attach: ['still-detached', 'attachment-open'],
  detach: ['still-attached', 'attachment-open'],
  change: ['nothing-changed', 'change-open'],
}

const next: Record<Happened, NextStep> = {
  busy: 'wait-and-repeat',
  conflict: 'look-and-repeat',
  incorrect: 'correct-it',
  forbidden: 'unlock-or-ask',
  'not-found': 'look-at-the-list',
  unavailable: 'repeat-later',
  unsupported: 'choose-another',
  partial: 'look-and-repeat',
  interrupted: 'look-and-repeat',
  fault: 'ask-support',
  unknown: 'look-and-repeat',
  unlisted: 'look-and-repeat',
  timeout: 'watch-it',
}

const isReason = (text: string | undefined): text is Reason =>
  reasons.some((reason) => reason === text)

const isEndpoint = (text: string): text is EndpointId => text in endpoints

/** Explains a bad end; an unlisted endpoint gets the explanation of any change. */
export function explain(
  endpoint: string,
  end: BadEnd,
  reason: string | undefined,
): Explanation {
  const kind = (isEndpoint(endpoint) ? kinds[endpoint] : undefined) ?? 'change'
  const happened: Happened =
    end === 'timeout'
      ? 'timeout'
      : isReason(reason)
        ? reason
        : reason
          ? 'unlisted'
          : 'unknown'
  // What was refused has changed nothing, whatever the reason.
  const isOpen = end !== 'refused' && open.has(happened)
  const [certain, uncertain] = meanings[kind]
  const step = next[happened]
  return {
    happened,
    means: isOpen ? uncertain : certain,
    next:
      happened === 'unavailable' && (kind === 'start' || kind === 'make')
        ? 'smaller-or-later'
        : isOpen && (kind === 'disk' || endpoint === 'reboot-instance')
          ? 'look-at-its-screen'
          : step,
  }
}
