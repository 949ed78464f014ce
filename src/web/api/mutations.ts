import type { Call } from '#contract/call.ts'
import { stepCall, type Chain } from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import type { ChangeRequest, PlannedStep } from '#contract/plan.ts'
import { lockTag, seenTag } from '#contract/seen.ts'
import type { KeptPicture, Note, Protection } from '#contract/timeline.ts'
import type {
  CreateBlockStorageVolume,
  CreateInstance,
  Operation,
  StartInstance,
  UpdateInstance,
} from '#contract/types.ts'

import { rememberCalls } from '../stores/calls.ts'
import { callZone, request } from './client.ts'

/*
 * Sends changes to a zone, named by the API's verbs. Each returns the Operation that the zone has
 * started; the feed reports its end. A failure is thrown as a RequestError and never retried: a
 * repeated create would cost money.
 */

type Target = { zone: string; id: string }

function instanceAction(endpoint: EndpointId, { zone, id }: Target, body?: unknown) {
  return callZone<Operation>(endpoint, { zone, parameters: { id }, body })
}

/** A step of a plan as the call it is. */
export const callOf = ({ zone, id }: Target, step: PlannedStep): Call => ({
  endpoint: step.endpoint,
  zone,
  ...stepCall(step, id),
})
/** Sends one call of a plan. */
export const sendStep = (target: Target, step: PlannedStep) =>
  callZone<Operation>(step.endpoint, callOf(target, step))
/** Has the server run a change that takes several calls. */
export async function beginChain(target: Target, change: ChangeRequest): Promise<Chain> {
  const chain = await request<Chain>(
    'POST',
    `/api/zones/${encodeURIComponent(target.zone)}/chains`,
    { instanceId: target.id, request: change },
  )
  rememberCalls(...chain.steps.map((step) => callOf(target, step)))
  return chain
}

const inZone = (zone: string, path: string) =>
  `/api/zones/${encodeURIComponent(zone)}/${path}`

/** Has the server create instances and attach the rest; one chain for each. */
export async function orderInstances(zone: string, order: CreateOrder): Promise<Chain[]> {
  const chains = await request<Chain[]>('POST', inZone(zone, 'creations'), order)
  const secret = order.body['user-data']
  for (const { instanceId, steps } of chains) {
    // A request that the zone rejected has changed nothing.
    if (!instanceId) continue
    rememberCalls(
      ...steps.map((step) => {
        const call = callOf({ zone, id: instanceId }, step)
        if (step.endpoint !== 'create-instance') return call
        const body = { ...(step.body as CreateInstance) } // planCreate made it
        return { ...call, body: secret ? { ...body, 'user-data': secret } : body }
      }),
    )
  }
  return chains
}
/** Tries the failed steps of a creation again. */
export const tryChainAgain = ({ id, zone }: Pick<Chain, 'id' | 'zone'>) =>
  request<Chain>('POST', inZone(zone, `chains/${encodeURIComponent(id)}/again`))
export const startInstance = (target: Target, body: StartInstance = {}) =>
  instanceAction('start-instance', target, body)
export const stopInstance = (target: Target) => instanceAction('stop-instance', target)
export const rebootInstance = (target: Target) => instanceAction('reboot-instance', target)
export const deleteInstance = (target: Target) => instanceAction('delete-instance', target)
/** The overwritten values as they were shown; if they have changed, nothing is sent. */
type Shown = Parameters<typeof seenTag>[2]

export const updateInstance = ({ zone, id }: Target, body: UpdateInstance, shown?: Shown) =>
  callZone<Operation>('update-instance', {
    zone,
    parameters: { id },
    body,
    seen: shown && seenTag('update-instance', body, shown),
  })
export const addInstanceProtection = (target: Target) =>
  instanceAction('add-instance-protection', target)
export const removeInstanceProtection = (target: Target) =>
  instanceAction('remove-instance-protection', target)
/** Turns deletion protection on or off; if it is no longer as `shown`, nothing is sent. */
export const setProtection = (
  { zone, id }: Target,
  on: boolean,
  shown: Protection['state'],
) =>
  callZone<Operation>(on ? 'add-instance-protection' : 'remove-instance-protection', {
    zone,
    parameters: { id },
    seen: lockTag(shown),
  })
/** Takes a snapshot with a note, which Vedette's server stores, because Exoscale can't. */
export async function createSnapshot(target: Target, note = ''): Promise<Operation> {
  if (note.trim() === '') return instanceAction('create-snapshot', target)
  const path = inZone(target.zone, `snapshots/${encodeURIComponent(target.id)}`)
  const operation = await request<Operation>('POST', path, { note })
  rememberCalls(callOf(target, { part: 'change', endpoint: 'create-snapshot' }))
  return operation
}
export const resetInstancePassword = (target: Target) =>
  instanceAction('reset-instance-password', target)
export const revealInstancePassword = ({ zone, id }: Target) =>
  callZone<{ password?: string }>('reveal-instance-password', { zone, parameters: { id } })
export const resetInstanceLabels = ({ zone, id }: Target, shown?: Shown) =>
  callZone<Operation>('reset-instance-field', {
    zone,
    parameters: { id, field: 'labels' },
    seen: shown && seenTag('reset-instance-field', undefined, shown),
  })
export const deleteSnapshot = ({ zone, id }: Target) =>
  callZone<Operation>('delete-snapshot', { zone, parameters: { id } })
export const exportSnapshot = ({ zone, id }: Target) =>
  callZone<Operation>('export-snapshot', { zone, parameters: { id } })
export const deleteSshKey = (zone: string, name: string) =>
  callZone<Operation>('delete-ssh-key', { zone, parameters: { name } })
export const registerSshKey = (zone: string, name: string, publicKey: string) =>
  callZone<Operation>('register-ssh-key', { zone, body: { name, 'public-key': publicKey } })
/** What an instance can be attached to, while it runs or not. */
export type Attachable = 'security-group' | 'elastic-ip' | 'private-network'

/** `ip` only in a private network that has DHCP (docs/platform.md#private-networks). */
export const attachInstance = (target: Target, to: Attachable, id: string, ip?: string) =>
  callZone<Operation>(`attach-instance-to-${to}`, {
    zone: target.zone,
    parameters: { id },
    body: { instance: { id: target.id }, ...(ip ? { ip } : {}) },
  })
export const detachInstance = (target: Target, from: Attachable, id: string) =>
  callZone<Operation>(`detach-instance-from-${from}`, {
    zone: target.zone,
    parameters: { id },
    body: { instance: { id: target.id } },
  })
/** The call that attaches a volume to an instance. */
export const attachVolumeCall = ({ zone, id }: Target, volumeId: string): Call => ({
  endpoint: 'attach-block-storage-volume-to-instance',
  zone,
  parameters: { id: volumeId },
  body: { instance: { id } },
})
export const detachVolumeCall = (zone: string, id: string): Call => ({
  endpoint: 'detach-block-storage-volume',
  zone,
  parameters: { id },
})
export const deleteVolumeCall = (zone: string, id: string): Call => ({
  endpoint: 'delete-block-storage-volume',
  zone,
  parameters: { id },
})
export const createVolumeCall = (zone: string, body: CreateBlockStorageVolume): Call => ({
  endpoint: 'create-block-storage-volume',
  zone,
  body,
})
export const renameVolumeCall = (zone: string, id: string, name: string): Call => ({
  endpoint: 'update-block-storage-volume',
  zone,
  parameters: { id },
  body: { name },
})
export const growVolumeCall = (zone: string, id: string, size: number): Call => ({
  endpoint: 'resize-block-storage-volume',
  zone,
  parameters: { id },
  body: { size },
})
export const evictCall = (zone: string, poolId: string, instanceId: string): Call => ({
  endpoint: 'evict-instance-pool-members',
  zone,
  parameters: { id: poolId },
  body: { instances: [instanceId] },
})
/** Sends a call as it was shown. */
export const sendCall = (call: Call) => callZone<Operation>(call.endpoint, call)
export const setReverseDns = ({ zone, id }: Target, name: string) =>
  callZone<Operation>('update-reverse-dns-instance', {
    zone,
    parameters: { id },
    body: { 'domain-name': name },
  })
export const deleteReverseDns = ({ zone, id }: Target) =>
  callZone<Operation>('delete-reverse-dns-instance', { zone, parameters: { id } })
/** Stores a note of an instance or a snapshot in Vedette; an empty one deletes it. */
export const writeNote = ({ zone, id }: Target, text: string) =>
  request<Note>(
    'PUT',
    `/api/zones/${encodeURIComponent(zone)}/notes/${encodeURIComponent(id)}`,
    { text },
  )
/** Stores a screenshot with a snapshot, in Vedette. */
export const keepPicture = ({ zone, id }: Target, image: Blob) =>
  request<KeptPicture>(
    'PUT',
    `/api/zones/${encodeURIComponent(zone)}/pictures/${encodeURIComponent(id)}`,
    image,
  )
