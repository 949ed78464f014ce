/**
 * Finds why an instance is in error, or doesn't leave a transitional state. Exoscale doesn't say it of the instance, so
 * it is the failure of the last change that can lead there, if that one failed.
 */
import type { EndpointId } from '#contract/endpoints.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { othersOf, refusedByLock, type PlatformEvent } from '#contract/timeline.ts'

/** What acts on the machine or its disk. Labels, notes and groups leave its state alone. */
const acting: ReadonlySet<string> = new Set([
  'create-instance',
  'start-instance',
  'stop-instance',
  'reboot-instance',
  'delete-instance',
  'evict-instance-pool-members',
  'reset-instance',
  'scale-instance',
  'resize-instance-disk',
  'revert-instance-to-snapshot',
  'enable-tpm',
] satisfies EndpointId[])

/** The last change before the state, in epoch ms. */
type LastChange = { endpoint: string; at: number; by: string | undefined }

export type StateReason =
  | { kind: 'failed'; last: LastChange; reason?: string; message?: string; end: string }
  /** The last change didn't fail, as far as Vedette knows, or there is none. */
  | { kind: 'unknown'; last: LastChange | undefined }

/** A change that was rejected has changed nothing. */
const wasRejected = ({ endpoint, state, message }: FollowedOperation) =>
  endpoint === 'delete-instance' && state === 'failure' && refusedByLock(message)

function ofOperation(operation: FollowedOperation): StateReason {
  const { endpoint, startedAt: at, by, state, reason, message } = operation
  const last = { endpoint, at, by }
  if (state !== 'failure' && state !== 'timeout') return { kind: 'unknown', last }
  return {
    kind: 'failed',
    last,
    end: state,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
  }
}

function ofEvent({
  handler: endpoint,
  at,
  by,
  status = 200,
  message,
}: PlatformEvent): StateReason {
  const last = { endpoint, at, by }
  return status >= 500 && message
    ? { kind: 'failed', last, end: 'failure', message }
    : { kind: 'unknown', last }
}

/** `operations` through Vedette and `events` of the instance, both in any order. */
export function stateReason(
  operations: readonly FollowedOperation[],
  events: readonly PlatformEvent[],
): StateReason {
  const found = [
    ...operations
      .filter((one) => acting.has(one.endpoint) && !wasRejected(one))
      .map(ofOperation),
    ...othersOf(events, operations)
      .filter(
        ({ handler, status = 200 }) =>
          acting.has(handler) && (status < 400 || status >= 500),
      )
      .map(ofEvent),
  ]
  const at = ({ last }: StateReason) => last?.at ?? 0
  return found.toSorted((a, b) => at(b) - at(a))[0] ?? { kind: 'unknown', last: undefined }
}
