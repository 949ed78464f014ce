import type { EndpointId } from '#contract/endpoints.ts'

import { rowKey } from '../../api/inventory.ts'

/** The questions that have an address: `?do=<one of these>`. */
const dialogIds = [
  'stop',
  'reboot',
  'rescue',
  'leave-rescue',
  'rename',
  'scale',
  'grow',
  'tpm',
  'ipv6',
  'snapshot',
  'reinstall',
  'revert',
  'delete-snapshot',
  'detach-volume',
  'delete-volume',
  'rename-volume',
  'grow-volume',
  'evict',
  'delete',
] as const
export type DialogId = (typeof dialogIds)[number]

/** What each question is about to send. */
const endpointOf: Record<DialogId, EndpointId> = {
  stop: 'stop-instance',
  reboot: 'reboot-instance',
  rescue: 'start-instance',
  'leave-rescue': 'reboot-instance',
  rename: 'update-instance',
  scale: 'scale-instance',
  grow: 'resize-instance-disk',
  tpm: 'enable-tpm',
  ipv6: 'update-instance',
  snapshot: 'create-snapshot',
  reinstall: 'reset-instance',
  revert: 'revert-instance-to-snapshot',
  'delete-snapshot': 'delete-snapshot',
  'detach-volume': 'detach-block-storage-volume',
  'delete-volume': 'delete-block-storage-volume',
  'rename-volume': 'update-block-storage-volume',
  'grow-volume': 'resize-block-storage-volume',
  evict: 'evict-instance-pool-members',
  delete: 'delete-instance',
}

/** What the question in the address is about to send. */
export function askedEndpoint(search: URLSearchParams): EndpointId | undefined {
  const dialog = dialogIds.find((one) => one === search.get('do'))
  return dialog && endpointOf[dialog]
}

export type Target = { zone: string; id: string }
type DialogAddress = {
  dialog: DialogId
  target: Target
  snapshot: string | undefined
  volume: string | undefined
  /** The initial value: a name, the id of a size, a number of GiB. */
  to: string | undefined
}

/** The question in the address; `page` is the instance whose page this is, if any. */
export function readDialog(
  search: URLSearchParams,
  page: Target | undefined,
): DialogAddress | undefined {
  const dialog = dialogIds.find((one) => one === search.get('do'))
  const [zone, id] = (search.get('on') ?? '').split('/')
  const target = page ?? (zone && id ? { zone, id } : undefined)
  if (!dialog || !target) return undefined
  const [snapshot, volume, to] = ['snapshot', 'volume', 'to'].map(
    (name) => search.get(name) ?? undefined,
  )
  return { dialog, target, snapshot, volume, to }
}

/** One name for each question that an address can ask. */
export const dialogName = ({ dialog, target, snapshot, volume, to }: DialogAddress) =>
  [dialog, rowKey(target.zone, target.id), snapshot, volume, to].join(' ').trimEnd()

/** The address with a question in it; everything else in it is kept. */
export function writeDialog(
  search: URLSearchParams,
  dialog: DialogId,
  options: {
    on?: Target | undefined
    snapshot?: string | undefined
    volume?: string | undefined
    to?: string | undefined
  },
): URLSearchParams {
  const next = withoutDialog(search)
  next.set('do', dialog)
  if (options.on) next.set('on', rowKey(options.on.zone, options.on.id))
  if (options.snapshot) next.set('snapshot', options.snapshot)
  if (options.volume) next.set('volume', options.volume)
  if (options.to) next.set('to', options.to)
  return next
}

const members = ['do', 'on', 'snapshot', 'volume', 'to']

export function withoutDialog(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const name of members) next.delete(name)
  return next
}

/** Whether two addresses of the same page have the same question in them, whatever else they have. */
export const haveSameDialog = (one: URLSearchParams, other: URLSearchParams): boolean =>
  members.every((name) => one.get(name) === other.get(name))
