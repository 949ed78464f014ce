import type { Chain } from '#contract/chain.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import type { ChangeRequest, PlannedStep } from '#contract/plan.ts'
import type { Call } from '#contract/same-as.ts'
import type { Note } from '#contract/timeline.ts'
import type {
  CreateInstance,
  Operation,
  StartInstance,
  UpdateInstance,
} from '#contract/types.ts'

import { rememberCalls } from '../stores/calls.ts'
import { callZone, request } from './client.ts'

/*
 * What a person can ask of a zone, by the API's verbs. Each answers with the Operation the
 * zone began; the feed then tells how it ends. A failure is thrown as a RequestError, never
 * retried: a repeated create would cost money.
 */

type Target = { zone: string; id: string }

function instanceAction(endpoint: EndpointId, { zone, id }: Target, body?: unknown) {
  return callZone<Operation>(endpoint, { zone, parameters: { id }, body })
}

/** A step of a plan as the call it is. */
export const callOf = ({ zone, id }: Target, { endpoint, body }: PlannedStep): Call => ({
  endpoint,
  zone,
  parameters: { id, 'instance-id': id, field: 'labels' },
  ...(body === undefined ? {} : { body }),
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

export const createInstance = (zone: string, body: CreateInstance) =>
  callZone<Operation>('create-instance', { zone, body })
export const startInstance = (target: Target, body: StartInstance = {}) =>
  instanceAction('start-instance', target, body)
export const stopInstance = (target: Target) => instanceAction('stop-instance', target)
export const rebootInstance = (target: Target) => instanceAction('reboot-instance', target)
export const deleteInstance = (target: Target) => instanceAction('delete-instance', target)
export const updateInstance = (target: Target, body: UpdateInstance) =>
  instanceAction('update-instance', target, body)
export const addInstanceProtection = (target: Target) =>
  instanceAction('add-instance-protection', target)
export const removeInstanceProtection = (target: Target) =>
  instanceAction('remove-instance-protection', target)
export const createSnapshot = (target: Target) => instanceAction('create-snapshot', target)
export const resetInstancePassword = (target: Target) =>
  instanceAction('reset-instance-password', target)
export const revealInstancePassword = ({ zone, id }: Target) =>
  callZone<{ password?: string }>('reveal-instance-password', { zone, parameters: { id } })
export const resetInstanceLabels = ({ zone, id }: Target) =>
  callZone<Operation>('reset-instance-field', { zone, parameters: { id, field: 'labels' } })
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

/** `ip` only in a private network that has a range (exoscale-api.md 4.8). */
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
export const setReverseDns = ({ zone, id }: Target, name: string) =>
  callZone<Operation>('update-reverse-dns-instance', {
    zone,
    parameters: { id },
    body: { 'domain-name': name },
  })
export const deleteReverseDns = ({ zone, id }: Target) =>
  callZone<Operation>('delete-reverse-dns-instance', { zone, parameters: { id } })
/** Keeps a note of an instance or a snapshot in this console; an empty one goes. */
export const writeNote = ({ zone, id }: Target, text: string) =>
  request<Note>(
    'PUT',
    `/api/zones/${encodeURIComponent(zone)}/notes/${encodeURIComponent(id)}`,
    { text },
  )
