/**
 * Says which action is possible in which state of an instance. The pages use it to enable
 * buttons and to say why not; the sandbox uses it to reject. Rows follow
 * docs/platform.md#what-is-possible-in-which-state; where that isn't known, Exoscale
 * decides.
 */

import type { Instance } from './types.ts'

export const instanceStates = [
  'running',
  'stopped',
  'starting',
  'stopping',
  'migrating',
  'error',
  'destroying',
  'destroyed',
  'expunging',
] as const
export type InstanceState = (typeof instanceStates)[number]

/** What a person can ask of one instance. */
export type Action =
  | 'start'
  | 'stop'
  | 'reboot'
  | 'scale'
  | 'resize-disk'
  | 'reset'
  | 'revert-snapshot'
  | 'enable-tpm'
  | 'create-snapshot'
  | 'reset-password'
  | 'reveal-password'
  | 'console'
  | 'update'
  | 'attach'
  | 'protect'
  | 'delete'

const settled = ['running', 'stopped'] as const
const alive = ['running', 'stopped', 'starting', 'stopping', 'migrating', 'error'] as const

const allowedFrom: Record<Action, readonly InstanceState[]> = {
  start: ['stopped'],
  stop: ['running'], // otherwise 400 (docs/platform.md#stop-and-reboot)
  reboot: ['running'],
  scale: ['stopped'], // 3.10
  'resize-disk': ['stopped'], // 3.11
  reset: ['stopped'], // otherwise 400 (docs/platform.md#reinstalling)
  'revert-snapshot': ['stopped'], // 3.18
  'enable-tpm': ['stopped'], // 3.20
  'create-snapshot': settled, // 3.19
  'reset-password': settled, // 3.13
  'reveal-password': alive, // 3.12
  console: ['running', 'starting', 'migrating'], // 3.16
  update: [...settled, 'error'], // 6.2
  attach: settled, // 6.2
  protect: alive, // 3.14
  delete: alive, // 3.5
}

/**
 * Why an action is refused, as a code: pages translate it, the sandbox words it.
 * `needs-stopped` can be mended by stopping, `needs-running` by starting, `busy` by waiting.
 */
export type Refusal =
  | 'needs-stopped'
  | 'needs-running'
  | 'busy'
  | 'gone'
  | 'broken'
  | 'unknown'

const transitional = new Set<string>(['starting', 'stopping', 'destroying', 'expunging'])
const leaving = new Set<string>(['destroying', 'destroyed', 'expunging'])

/**
 * Whether the state will change by itself soon. Migrating instances run
 * (docs/platform.md#instance-states).
 */
export function isTransitional(state: string): boolean {
  return transitional.has(state)
}

/** Whether the instance is being deleted or is gone. */
export function isLeaving(state: string): boolean {
  return leaving.has(state)
}

/** Whether the instance runs, which a screen and a stop need. */
export function isRunning(state: string): boolean {
  return state === 'running' || state === 'migrating'
}

/** Whether there may be a screen: a starting instance has one before it runs. */
export function mayHaveScreen(state: string): boolean {
  return isRunning(state) || state === 'starting'
}

/** Why `action` can't be asked for in `state`, or undefined where it can. */
export function refusal(action: Action, state: string): Refusal | undefined {
  const states: readonly string[] = allowedFrom[action]
  if (states.includes(state)) return undefined
  if (isLeaving(state)) return 'gone'
  if (isTransitional(state) || state === 'migrating') return 'busy'
  if (state === 'error') return 'broken'
  if (state === 'running') return 'needs-stopped'
  if (state === 'stopped') return 'needs-running'
  return 'unknown'
}

/** `other`: something that Exoscale has added since, or that has no type. */
export type ManagerKind = 'pool' | 'sks' | 'other'

/** What manages an instance, or null (docs/platform.md#instance-pools). */
export function managerOf({ manager }: Pick<Instance, 'manager'>): ManagerKind | null {
  if (!manager) return null
  if (manager.type === 'instance-pool') return 'pool'
  return manager.type === 'sks-nodepool' ? 'sks' : 'other'
}
