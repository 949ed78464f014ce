/**
 * Computes what a change will do before anything is sent: the calls in their order, the instance
 * afterwards, and warnings. The pages show the plan, the server runs it, and a test compares it with
 * the changes of the sandbox's instances.
 */
import {
  isRunning,
  managerOf,
  refusal,
  type Action,
  type ManagerKind,
  type Refusal,
} from './lifecycle.ts'
import { DISK_MAX_GIB, diskCeilingGib, mayScaleBetween, templateMinGib } from './limits.ts'
import type {
  BlockStorageVolume,
  Instance,
  InstanceType,
  ResetInstance,
  Snapshot,
  StartInstance,
  Template,
  UpdateInstance,
} from './types.ts'

type Plain =
  | 'stop-instance'
  | 'reboot-instance'
  | 'delete-instance'
  | 'reset-instance-password'
  | 'add-instance-protection'
  | 'remove-instance-protection'
  | 'create-snapshot'
  | 'enable-tpm'
  | 'reset-instance-field'

/**
 * One operation, with Exoscale's body. If the operation needs a stopped instance, a running one is
 * stopped first and, unless `leaveStopped`, started afterwards.
 */
export type ChangeRequest = (
  | { endpoint: Plain }
  | {
      endpoint: 'start-instance'
      body?: StartInstance
      /** The instance runs in rescue mode: it is stopped first, to start from its disk. */
      leavesRescue?: true
    }
  | { endpoint: 'update-instance'; body: UpdateInstance }
  | { endpoint: 'reset-instance'; body: ResetInstance }
  | { endpoint: 'scale-instance'; body: { 'instance-type': { id: string } } }
  | { endpoint: 'resize-instance-disk'; body: { 'disk-size': number } }
  | { endpoint: 'revert-instance-to-snapshot'; body: { id: string } }
) & {
  /** Take a snapshot before anything else. */
  snapshotFirst?: boolean
  leaveStopped?: boolean
}

export type ChangeEndpoint = ChangeRequest['endpoint']

/** What is attached to a new instance once it exists (contract/create.ts). */
type FollowEndpoint =
  | 'attach-instance-to-private-network'
  | 'attach-instance-to-elastic-ip'
  | 'update-reverse-dns-instance'
  | 'add-instance-protection'

/**
 * `prepare` makes the change possible, `change` is the change itself, `restore` starts the instance
 * again; `follow` steps need the new instance and are independent of each other.
 */
export type PlannedStep = {
  part: 'prepare' | 'change' | 'restore' | 'follow'
  endpoint: ChangeEndpoint | 'create-instance' | FollowEndpoint
  body?: unknown
  /** The network or elastic IP in the path; absent if the path has the instance. */
  target?: string
}

/** Warnings, which the pages put into words. `for-good`: it can't be undone. */
export type Effect =
  | 'goes-offline'
  | 'starts-again'
  | 'stays-off'
  | 'for-good'
  | 'disk-erased'
  | 'disk-goes-back'
  | 'snapshots-go'
  | 'address-given-up'
  | 'elastic-ips-detached'
  | 'volumes-stay'
  | 'addresses-stay'
  | 'pool-replaces'
  | 'sks-replaces'
  | 'manager-may-replace'
  | 'new-password-needed'
  | 'partition-grows-later'
  | 'less-memory'
  | 'above-documented-disk'

/** Why it can't be planned: the instance's state, or the request. */
export type PlanRefusal =
  | Refusal
  | 'no-such-type'
  | 'type-not-offered'
  | 'other-family'
  | 'same-type'
  | 'no-such-template'
  | 'disk-not-larger'
  | 'disk-too-large'
  | 'template-needs-more'
  | 'no-such-snapshot'
  | 'snapshot-not-ready'
  | 'no-password'
  | 'tpm-already-on'
  | 'tpm-needs-uefi'

/** What the plan needs besides the instance; absent members aren't checked. */
export type Known = {
  zone: string
  types?: readonly InstanceType[]
  templates?: readonly Template[]
  /** Those of the instance. */
  snapshots?: readonly Snapshot[]
  /** Those of the instance. */
  volumes?: readonly BlockStorageVolume[]
}

export type Plan =
  | { refused: PlanRefusal }
  | {
      refused?: undefined
      steps: PlannedStep[]
      /** The instance afterwards; null if it is deleted. */
      after: Instance | null
      effects: Effect[]
    }

const stoppedFirst: ReadonlySet<ChangeEndpoint> = new Set([
  'scale-instance',
  'resize-instance-disk',
  'reset-instance',
  'revert-instance-to-snapshot',
  'enable-tpm',
])

/** Whether a running instance is stopped for it, rather than the request rejected. */
function stopsFirst(request: ChangeRequest): boolean {
  // Starting a running instance is an error, except to enter rescue mode or to leave it.
  if (request.endpoint === 'start-instance')
    return request.body?.['rescue-profile'] !== undefined || request.leavesRescue === true
  return stoppedFirst.has(request.endpoint)
}

const actions: Record<ChangeEndpoint, Action> = {
  'start-instance': 'start',
  'stop-instance': 'stop',
  'reboot-instance': 'reboot',
  'delete-instance': 'delete',
  'reset-instance-password': 'reset-password',
  'add-instance-protection': 'protect',
  'remove-instance-protection': 'protect',
  'create-snapshot': 'create-snapshot',
  'enable-tpm': 'enable-tpm',
  'reset-instance-field': 'update',
  'update-instance': 'update',
  'reset-instance': 'reset',
  'scale-instance': 'scale',
  'resize-instance-disk': 'resize-disk',
  'revert-instance-to-snapshot': 'revert-snapshot',
}

/** What people must not miss, so it is told first. */
const losses: readonly Effect[] = ['disk-erased', 'disk-goes-back']

type Change = { after: Instance | null; effects: Effect[] }

function scale(
  instance: Instance,
  typeId: string,
  known: Known,
): Change | { refused: PlanRefusal } {
  const from = known.types?.find(({ id }) => id === instance['instance-type']?.id)
  const to = known.types?.find(({ id }) => id === typeId)
  if (known.types && !to) return { refused: 'no-such-type' }
  if (typeId === instance['instance-type']?.id) return { refused: 'same-type' }
  if (to && (to.authorized === false || (to.zones && !to.zones.includes(known.zone))))
    return { refused: 'type-not-offered' }
  if (from && to && !mayScaleBetween(from, to)) return { refused: 'other-family' }
  const effects: Effect[] = []
  if (to?.memory && from?.memory && to.memory < from.memory) effects.push('less-memory')
  if ((instance['disk-size'] ?? 0) > (diskCeilingGib(to) ?? DISK_MAX_GIB))
    effects.push('above-documented-disk')
  return { after: { ...instance, 'instance-type': { id: typeId } }, effects }
}

function resize(
  instance: Instance,
  gib: number,
  known: Known,
): Change | { refused: PlanRefusal } {
  if (gib <= (instance['disk-size'] ?? 0)) return { refused: 'disk-not-larger' }
  if (gib > DISK_MAX_GIB) return { refused: 'disk-too-large' }
  const type = known.types?.find(({ id }) => id === instance['instance-type']?.id)
  const above = gib > (diskCeilingGib(type) ?? DISK_MAX_GIB)
  return {
    after: { ...instance, 'disk-size': gib },
    effects: [
      'for-good',
      'partition-grows-later',
      ...(above ? (['above-documented-disk'] as const) : []),
    ],
  }
}

function reset(
  instance: Instance,
  body: ResetInstance,
  known: Known,
): Change | { refused: PlanRefusal } {
  const templateId = body.template?.id ?? instance.template?.id
  const template = known.templates?.find(({ id }) => id === templateId)
  if (known.templates && body.template && !template) return { refused: 'no-such-template' }
  const now = instance['disk-size']
  const gib = body['disk-size'] ?? now
  // Whether a reinstall may shrink the disk isn't documented
  // (docs/platform.md#reinstalling).
  if (gib !== undefined && gib < (now ?? 0)) return { refused: 'disk-not-larger' }
  // A disk whose size is unknown keeps it, and the zone decides whether that is enough.
  if (template && gib !== undefined && gib < templateMinGib(template))
    return { refused: 'template-needs-more' }
  return {
    after: {
      ...instance,
      ...(gib === undefined ? {} : { 'disk-size': gib }),
      ...(templateId ? { template: { id: templateId } } : {}),
    },
    effects: [
      'disk-erased',
      'addresses-stay',
      ...(volumesOf(instance, known) ? (['volumes-stay'] as const) : []),
      ...(template?.['password-enabled'] ? (['new-password-needed'] as const) : []),
    ],
  }
}

const unusable = new Set(['snapshotting', 'exporting', 'deleting', 'deleted', 'error'])

/** Whether a snapshot can be reverted to and exported; where its state is unknown, the zone decides. */
export const mayBeUsed = ({ state = '' }: Pick<Snapshot, 'state'>): boolean =>
  !unusable.has(state)

function revert(
  instance: Instance,
  snapshotId: string,
  known: Known,
): Change | { refused: PlanRefusal } {
  const snapshot = known.snapshots?.find(({ id }) => id === snapshotId)
  if (known.snapshots && !snapshot) return { refused: 'no-such-snapshot' }
  if (snapshot && !mayBeUsed(snapshot)) return { refused: 'snapshot-not-ready' }
  // The disk is reverted, but one that has been made larger keeps its size.
  const now = instance['disk-size']
  const size = snapshot?.size && now && Math.max(snapshot.size, now)
  return {
    after: { ...instance, ...(size ? { 'disk-size': size } : {}) },
    effects: ['disk-goes-back'],
  }
}

function tpm(instance: Instance, known: Known): Change | { refused: PlanRefusal } {
  if (instance['tpm-enabled']) return { refused: 'tpm-already-on' }
  const template = known.templates?.find(({ id }) => id === instance.template?.id)
  // What isn't known is for the zone to decide.
  if (template?.['boot-mode'] === 'legacy') return { refused: 'tpm-needs-uefi' }
  return { after: { ...instance, 'tpm-enabled': true }, effects: ['for-good'] }
}

/**
 * An undeclared member in Exoscale's response (docs/platform.md#get-instance).
 */
const volumesOf = (instance: Instance, { volumes = [] }: Known) =>
  Math.max(volumes.length, instance['block-storage-volumes']?.length ?? 0)

const replacedBy: Record<ManagerKind, Effect> = {
  pool: 'pool-replaces',
  sks: 'sks-replaces',
  other: 'manager-may-replace',
}

function deletion(instance: Instance, known: Known): Change {
  const effects: Effect[] = ['disk-erased']
  if (known.snapshots?.length || instance.snapshots?.length) effects.push('snapshots-go')
  if (instance['public-ip']) effects.push('address-given-up')
  if (instance['elastic-ips']?.length) effects.push('elastic-ips-detached')
  if (volumesOf(instance, known)) effects.push('volumes-stay')
  const manager = managerOf(instance)
  if (manager) effects.push(replacedBy[manager])
  return { after: null, effects: [...effects, 'for-good'] }
}

/** An instance after update-instance: absent members stay, and so do labels that are null. */
export function updated<I extends Instance>(
  instance: I,
  { labels, ...members }: UpdateInstance,
): I {
  return { ...instance, ...members, ...(labels ? { labels } : {}) }
}

function changeOf(
  instance: Instance,
  request: ChangeRequest,
  known: Known,
): Change | { refused: PlanRefusal } {
  switch (request.endpoint) {
    case 'start-instance':
      return { after: { ...instance, state: 'running' }, effects: [] }
    case 'stop-instance':
      return {
        after: { ...instance, state: 'stopped' },
        effects: ['goes-offline', 'addresses-stay'],
      }
    case 'reboot-instance':
      return { after: instance, effects: ['goes-offline', 'starts-again'] }
    case 'delete-instance':
      return deletion(instance, known)
    case 'update-instance':
      return { after: updated(instance, request.body), effects: [] }
    case 'reset-instance-field':
      return { after: { ...instance, labels: {} }, effects: [] }
    case 'scale-instance':
      return scale(instance, request.body['instance-type'].id, known)
    case 'resize-instance-disk':
      return resize(instance, request.body['disk-size'], known)
    case 'reset-instance':
      return reset(instance, request.body, known)
    case 'revert-instance-to-snapshot':
      return revert(instance, request.body.id, known)
    case 'enable-tpm':
      return tpm(instance, known)
    case 'reset-instance-password': {
      const template = known.templates?.find(({ id }) => id === instance.template?.id)
      return template?.['password-enabled'] === false
        ? { refused: 'no-password' }
        : { after: instance, effects: [] }
    }
    case 'create-snapshot':
    case 'add-instance-protection':
    case 'remove-instance-protection':
      return { after: instance, effects: [] }
  }
}

/**
 * The plan of `request` for `instance`, as get-instance returns it. Everything that can be checked
 * before a stop is checked here, so that no instance is stopped in vain
 * (docs/platform.md#what-is-possible-in-which-state).
 */
export function plan(instance: Instance, request: ChangeRequest, known: Known): Plan {
  const action = actions[request.endpoint]
  const state = instance.state ?? ''
  const why = refusal(action, state)
  const stops = why === 'needs-stopped' && isRunning(state) && stopsFirst(request)
  if (why && !stops) return { refused: why }
  const change = changeOf(instance, request, known)
  if ('refused' in change) return change

  const isStart = request.endpoint === 'start-instance'
  const starts = stops && !isStart && !request.leaveStopped
  const body = 'body' in request ? request.body : undefined
  const steps: PlannedStep[] = [
    ...(request.snapshotFirst
      ? [{ part: 'prepare', endpoint: 'create-snapshot' } as const]
      : []),
    ...(stops ? [{ part: 'prepare', endpoint: 'stop-instance' } as const] : []),
    { part: 'change', endpoint: request.endpoint, ...(body ? { body } : {}) },
    ...(starts ? [{ part: 'restore', endpoint: 'start-instance', body: {} } as const] : []),
  ]
  const power: Effect[] = stops
    ? ['goes-offline', starts || isStart ? 'starts-again' : 'stays-off']
    : []
  const after =
    change.after && stops && !starts && !isStart
      ? { ...change.after, state: 'stopped' }
      : change.after
  const lost = change.effects.filter((effect) => losses.includes(effect))
  const others = change.effects.filter((effect) => !losses.includes(effect))
  return { steps, after, effects: [...lost, ...power, ...others] }
}
