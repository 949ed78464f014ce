/**
 * Decides which action is possible in which state of an instance. The pages use it to enable buttons
 * or give the reason; the sandbox uses it to reject. Rows follow
 * docs/platform.md#what-is-possible-in-which-state; if that isn't known, Exoscale decides.
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

/** The actions on one instance. */
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
  scale: ['stopped'], // docs/platform.md#changing-the-size
  'resize-disk': ['stopped'], // docs/platform.md#growing-the-disk
  reset: ['stopped'], // otherwise 400 (docs/platform.md#reinstalling)
  'revert-snapshot': ['stopped'], // docs/platform.md#reverting-to-a-snapshot
  'enable-tpm': ['stopped'], // docs/platform.md#tpm
  'create-snapshot': settled, // docs/platform.md#taking-a-snapshot
  'reset-password': settled, // docs/platform.md#passwords
  'reveal-password': alive, // docs/platform.md#passwords
  console: ['running', 'starting', 'migrating'], // docs/platform.md#console-addresses
  update: [...settled, 'error'],
  attach: settled,
  protect: alive, // docs/platform.md#protection
  delete: alive, // docs/platform.md#deleting-an-instance
}

/**
 * Why an action is rejected, as a code that pages and the sandbox put into words. `needs-stopped` is
 * resolved by stopping, `needs-running` by starting, `busy` by waiting.
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
 * Whether the state will change automatically soon. Migrating instances run
 * (docs/platform.md#instance-states).
 */
export function isTransitional(state: string): boolean {
  return transitional.has(state)
}

/** Whether the instance is being deleted or is deleted. */
export function isLeaving(state: string): boolean {
  return leaving.has(state)
}

/** Whether the instance runs, which consoles and stopping need. */
export function isRunning(state: string): boolean {
  return state === 'running' || state === 'migrating'
}

/** Whether there can be a screen: a starting instance has one before it runs. */
export function mayHaveScreen(state: string): boolean {
  return isRunning(state) || state === 'starting'
}

/** Why `action` isn't possible in `state`, or undefined if it is. */
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

/**
 * Whether an instance has a public address of a kind; undefined if that isn't known. A zone leaves out an address that
 * an instance doesn't have, so that there is none is only known where it says which ones there are to be.
 */
export function hasAddress(
  instance: Pick<Instance, 'public-ip' | 'ipv6-address' | 'public-ip-assignment'>,
  kind: 'public-ip' | 'ipv6-address',
): boolean | undefined {
  if (instance[kind]) return true
  const assigned = instance['public-ip-assignment']
  if (assigned === 'none') return false
  return assigned === 'inet4' && kind === 'ipv6-address' ? false : undefined
}

/** `other`: something that Exoscale has added since, or that has no type. */
export type ManagerKind = 'pool' | 'sks' | 'other'

/** What manages an instance, or null (docs/platform.md#instance-pools). */
export function managerOf({ manager }: Pick<Instance, 'manager'>): ManagerKind | null {
  if (!manager) return null
  if (manager.type === 'instance-pool') return 'pool'
  return manager.type === 'sks-nodepool' ? 'sks' : 'other'
}
