/**
 * Tells whether a change that the zone rejects is done all the same. After a lost answer people send a
 * change again, and the zone then rejects what the first request has done: stopping a stopped
 * instance, detaching what is detached.
 */
import { endpointPath, type EndpointId } from '#contract/endpoints.ts'
import type { BlockStorageVolume, Instance } from '#contract/types.ts'

import { readInstance, seenOn } from '../chains/chain-look.ts'
import type { Deps } from '../deps.ts'
import { protectionNow } from '../history/timeline.ts'
import { ProblemError } from '../zone/refusals.ts'
import { readJson } from '../zone/zone.ts'
import type { Checked } from './check.ts'

const mostLost = 1_000
const lostMs = 24 * 3_600_000

/** When the answer to a change was lost, by zone, path and body, for each server. */
const lost = new WeakMap<Deps['zones'], Map<string, number>>()

const keyOf = ({ id, zone, path, body }: Checked) =>
  `${zone.name} ${id} ${path} ${body.toString('latin1')}`

function lostOf({ zones }: Pick<Deps, 'zones'>): Map<string, number> {
  const known = lost.get(zones) ?? new Map<string, number>()
  lost.set(zones, known)
  return known
}

function remember(deps: Deps, checked: Checked): void {
  const known = lostOf(deps)
  known.set(keyOf(checked), Date.now())
  const [oldest] = known.keys()
  if (known.size > mostLost && oldest !== undefined) known.delete(oldest)
}

function wasLost(deps: Deps, checked: Checked): boolean {
  const at = lostOf(deps).get(keyOf(checked))
  return at !== undefined && at > Date.now() - lostMs
}

const lists = {
  'security-group': 'security-groups',
  'elastic-ip': 'elastic-ips',
  'private-network': 'private-networks',
} as const

/** Whether an instance has, or no longer has, what the change attaches to it or detaches from it. */
function isPartSo(instance: Instance, id: EndpointId, part: string): boolean | undefined {
  const [, way, kind] =
    /^(attach|detach)-instance-(?:to|from)-(security-group|elastic-ip|private-network)$/.exec(
      id,
    ) ?? []
  if (!kind) return undefined
  // One of the three that the pattern names.
  const list = instance[lists[kind as keyof typeof lists]] ?? []
  return list.some((one) => one.id === part) === (way === 'attach')
}

/** Members of bodies that bodies.ts has checked. */
type Sent = { instance?: { id?: string }; ip?: string; size?: number }

async function isVolumeSo({ id, zone, parameters, sent }: Checked): Promise<boolean> {
  const path = endpointPath('get-block-storage-volume', parameters)
  const asked = await zone.request({ method: 'GET', path })
  const volume = await readJson<BlockStorageVolume>(zone.name, asked)
  const { instance, size = 0 } = sent as Sent // see there
  if (id === 'detach-block-storage-volume') return !volume.instance?.id
  if (id === 'resize-block-storage-volume') return (volume.size ?? 0) >= size && size > 0
  return volume.instance?.id !== undefined && volume.instance.id === instance?.id
}

async function isSo(deps: Deps, checked: Checked): Promise<boolean> {
  const { id, zone, parameters, sent } = checked
  const { id: part = '' } = parameters
  if (id.endsWith('-block-storage-volume') || id.includes('block-storage-volume-to'))
    return isVolumeSo({ ...checked, sent: sent ?? {} })
  if (id === 'add-instance-protection' || id === 'remove-instance-protection') {
    const { state } = await protectionNow(deps, zone, part)
    return state === (id === 'add-instance-protection' ? 'on' : 'off')
  }
  const { instance: named, ip } = (sent ?? {}) as Sent // see there
  // Whether it has just this address doesn't show on the instance.
  if (ip) return false
  const instance = await readInstance(zone, named?.id ?? part)
  const asPart = isPartSo(instance, id, part)
  if (asPart !== undefined) return asPart
  // Any other endpoint shows nothing, and a start with a rescue profile is another start.
  if (id === 'start-instance' && Object.keys(Object(sent)).length > 0) return false
  // A step's, or another's, which shows nothing.
  const step = { endpoint: id, body: sent } as Parameters<typeof seenOn>[1]
  return seenOn(instance, step) === 'done'
}

/**
 * Whether a change that ended with this error is done: a deletion of an instance that the zone
 * doesn't have, and what was sent before, got no answer, and is now as it was asked for. Remembers
 * what gets no answer.
 */
export async function isDoneAlready(
  deps: Deps,
  checked: Checked,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ProblemError)) return false
  const { code, status, unknownOutcome } = error.problem
  if (unknownOutcome) remember(deps, checked)
  if (code !== 'zone-refused') return false
  if (checked.id === 'delete-instance' && status === 404) return true
  if (!wasLost(deps, checked)) return false
  if (checked.id.startsWith('delete-')) return status === 404
  return isSo(deps, checked).catch(() => false)
}
