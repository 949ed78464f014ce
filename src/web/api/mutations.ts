import type { ChangeCall } from '#contract/call.ts'
import { stepCall, type Chain, type ChainRequest, type SeenPlan } from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import type { ChangingId } from '#contract/endpoints.ts'
import type { ChangeRequest, PlannedStep } from '#contract/plan.ts'
import { isNamed, lockTag, seenTag } from '#contract/seen.ts'
import type { KeptPicture, Note, NoteOrder, Protection } from '#contract/timeline.ts'
import type {
  AddRuleToSecurityGroup,
  CreateBlockStorageVolume,
  CreateSecurityGroup,
  Operation,
  StartInstance,
  UpdateInstance,
} from '#contract/types.ts'

import { rememberCall, rememberChains } from '../stores/calls.ts'
import { needsSecond } from '../stores/four-eyes.ts'
import { askSecond, callZone, changeZone, request, sendOrder } from './client.ts'
import type { RequestKey } from './once.ts'

/*
 * Sends changes to a zone, named by the API's verbs. Each returns the Operation that the zone started; the feed reports its end. A failure is thrown as a RequestError, never
 * retried: a repeated create would cost money. Each takes the key of its form or question, so that
 * it is sent once (once.ts).
 */

type Target = { zone: string; id: string }

const inZone = (zone: string, path: string) =>
  `/api/zones/${encodeURIComponent(zone)}/${path}`

function instanceAction(
  endpoint: ChangingId,
  { zone, id }: Target,
  key: RequestKey,
  body?: unknown,
) {
  return changeZone<Operation>(endpoint, key, { zone, parameters: { id }, body })
}

/** A step of a plan as the call it is. */
export const callOf = ({ zone, id }: Target, step: PlannedStep): ChangeCall => ({
  endpoint: step.endpoint,
  zone,
  ...stepCall(step, id),
})
/** Sends one call of a plan, whose author knew the instance by this name. */
export const sendStep = (
  target: Target,
  key: RequestKey,
  step: PlannedStep,
  name: string,
) => {
  const call = callOf(target, step)
  return sendCall(call, key, isNamed(step.endpoint) ? { name } : undefined)
}
/** Has the server run a change that takes several calls, unless it would now take others. */
export async function beginChain(
  target: Target,
  key: RequestKey,
  change: ChangeRequest,
  seen?: SeenPlan,
): Promise<Chain> {
  const order: ChainRequest = {
    instanceId: target.id,
    request: change,
    ...(seen ? { seen } : {}),
  }
  if (needsSecond(change.endpoint, ...(seen?.steps ?? [])))
    return askSecond<Chain>({ kind: 'chain', zone: target.zone, chain: order }, key)
  const chain = await sendOrder<Chain>(inZone(target.zone, 'chains'), key, order)
  rememberChains({ id: chain.id })
  return chain
}

/** Has the server create instances and all that follows; one chain for each. */
export async function orderInstances(
  zone: string,
  key: RequestKey,
  order: CreateOrder,
): Promise<Chain[]> {
  const chains = await sendOrder<Chain[]>(inZone(zone, 'creations'), key, order)
  const userData = order.body['user-data']
  rememberChains(...chains.map(({ id }) => ({ id, userData })))
  return chains
}
/** Continues what a creation couldn't do. */
export const tryChainAgain = ({ id, zone }: Pick<Chain, 'id' | 'zone'>, key: RequestKey) =>
  sendOrder<Chain>(inZone(zone, `chains/${encodeURIComponent(id)}/again`), key)
export const startInstance = (target: Target, key: RequestKey, body: StartInstance = {}) =>
  instanceAction('start-instance', target, key, body)
/** What the zone had of what is overwritten, as it was shown; where it has changed, nothing is sent. */
export type Shown = Parameters<typeof seenTag>[2]

export const updateInstance = (
  { zone, id }: Target,
  key: RequestKey,
  body: UpdateInstance,
  shown?: Shown,
) =>
  changeZone<Operation>('update-instance', key, {
    zone,
    parameters: { id },
    body,
    seen: shown && seenTag('update-instance', body, shown),
  })
export const removeInstanceProtection = (target: Target, key: RequestKey) =>
  instanceAction('remove-instance-protection', target, key)
/** Turns deletion protection on or off; if it is no longer known to be as `shown`, nothing is sent. */
export const setProtection = (
  { zone, id }: Target,
  key: RequestKey,
  on: boolean,
  shown: Protection['state'],
) =>
  changeZone<Operation>(
    on ? 'add-instance-protection' : 'remove-instance-protection',
    key,
    {
      zone,
      parameters: { id },
      seen: lockTag(shown),
    },
  )
/** What is sent to take a snapshot. */
export const snapshotCall = (target: Target): ChangeCall =>
  callOf(target, { part: 'change', endpoint: 'create-snapshot' })
/** A note goes to Vedette's server with it, because Exoscale has no place for it. */
export async function createSnapshot(
  target: Target,
  key: RequestKey,
  note = '',
): Promise<Operation> {
  const call = snapshotCall(target)
  if (note.trim() === '') return sendCall(call, key)
  const path = inZone(target.zone, `snapshots/${encodeURIComponent(target.id)}`)
  const operation = await sendOrder<Operation>(path, key, { note })
  rememberCall(call)
  return operation
}
export const resetInstancePassword = (target: Target, key: RequestKey) =>
  instanceAction('reset-instance-password', target, key)
export const revealInstancePassword = ({ zone, id }: Target) =>
  callZone<{ password?: string }>('reveal-instance-password', { zone, parameters: { id } })
export const resetInstanceLabels = ({ zone, id }: Target, key: RequestKey, shown?: Shown) =>
  changeZone<Operation>('reset-instance-field', key, {
    zone,
    parameters: { id, field: 'labels' },
    seen: shown && seenTag('reset-instance-field', undefined, shown),
  })
export const deleteSnapshot = ({ zone, id }: Target, key: RequestKey) =>
  changeZone<Operation>('delete-snapshot', key, { zone, parameters: { id } })
export const exportSnapshot = ({ zone, id }: Target, key: RequestKey) =>
  changeZone<Operation>('export-snapshot', key, { zone, parameters: { id } })
export const deleteSshKey = (zone: string, key: RequestKey, name: string) =>
  changeZone<Operation>('delete-ssh-key', key, { zone, parameters: { name } })
export const registerSshKey = (
  zone: string,
  key: RequestKey,
  name: string,
  publicKey: string,
) =>
  changeZone<Operation>('register-ssh-key', key, {
    zone,
    body: { name, 'public-key': publicKey },
  })
export const createSecurityGroup = (
  zone: string,
  key: RequestKey,
  body: CreateSecurityGroup,
) => changeZone<Operation>('create-security-group', key, { zone, body })
export const addGroupRule = (
  zone: string,
  key: RequestKey,
  id: string,
  body: AddRuleToSecurityGroup,
) =>
  changeZone<Operation>('add-rule-to-security-group', key, {
    zone,
    parameters: { id },
    body,
  })
/** What an instance can be attached to, while it runs or not. */
export type Attachable = 'security-group' | 'elastic-ip' | 'private-network'

/** `ip` only in a private network that has DHCP (docs/platform.md#private-networks). */
export const attachInstance = (
  target: Target,
  key: RequestKey,
  to: Attachable,
  id: string,
  ip?: string,
) =>
  changeZone<Operation>(`attach-instance-to-${to}`, key, {
    zone: target.zone,
    parameters: { id },
    body: { instance: { id: target.id }, ...(ip ? { ip } : {}) },
  })
export const detachInstance = (
  target: Target,
  key: RequestKey,
  from: Attachable,
  id: string,
) =>
  changeZone<Operation>(`detach-instance-from-${from}`, key, {
    zone: target.zone,
    parameters: { id },
    body: { instance: { id: target.id } },
  })
/** What is sent to give an instance a volume. */
export const attachVolumeCall = ({ zone, id }: Target, volumeId: string): ChangeCall => ({
  endpoint: 'attach-block-storage-volume-to-instance',
  zone,
  parameters: { id: volumeId },
  body: { instance: { id } },
})
export const detachVolumeCall = (zone: string, id: string): ChangeCall => ({
  endpoint: 'detach-block-storage-volume',
  zone,
  parameters: { id },
})
export const deleteVolumeCall = (zone: string, id: string): ChangeCall => ({
  endpoint: 'delete-block-storage-volume',
  zone,
  parameters: { id },
})
export const createVolumeCall = (
  zone: string,
  body: CreateBlockStorageVolume,
): ChangeCall => ({
  endpoint: 'create-block-storage-volume',
  zone,
  body,
})
export const renameVolumeCall = (zone: string, id: string, name: string): ChangeCall => ({
  endpoint: 'update-block-storage-volume',
  zone,
  parameters: { id },
  body: { name },
})
export const growVolumeCall = (zone: string, id: string, size: number): ChangeCall => ({
  endpoint: 'resize-block-storage-volume',
  zone,
  parameters: { id },
  body: { size },
})
export const evictCall = (
  zone: string,
  poolId: string,
  instanceId: string,
): ChangeCall => ({
  endpoint: 'evict-instance-pool-members',
  zone,
  parameters: { id: poolId },
  body: { instances: [instanceId] },
})
/**
 * Sends a call as it was shown as code; `shown` is what the zone had of what it overwrites, and
 * where that has changed, nothing is sent.
 */
export const sendCall = (call: ChangeCall, key: RequestKey, shown?: Shown) =>
  changeZone<Operation>(call.endpoint, key, {
    ...call,
    seen: shown && seenTag(call.endpoint, call.body, shown),
  })
export const setReverseDns = ({ zone, id }: Target, key: RequestKey, name: string) =>
  changeZone<Operation>('update-reverse-dns-instance', key, {
    zone,
    parameters: { id },
    body: { 'domain-name': name },
  })
export const deleteReverseDns = ({ zone, id }: Target, key: RequestKey) =>
  changeZone<Operation>('delete-reverse-dns-instance', key, { zone, parameters: { id } })
/** Stores a note on an instance or a snapshot in Vedette; an empty text deletes it. Rejected if it isn't as seen any more. */
export const writeNote = ({ zone, id }: Target, order: NoteOrder) =>
  request<Note>(
    'PUT',
    `/api/zones/${encodeURIComponent(zone)}/notes/${encodeURIComponent(id)}`,
    order,
  )
/** Stores a screenshot with a snapshot, in Vedette. */
export const keepPicture = ({ zone, id }: Target, image: Blob) =>
  request<KeptPicture>(
    'PUT',
    `/api/zones/${encodeURIComponent(zone)}/pictures/${encodeURIComponent(id)}`,
    image,
  )
