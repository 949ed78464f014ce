/**
 * Reads from the zone what a change will replace, to show it later, and to reject the change if its
 * author was shown something else (contract/seen.ts).
 */
import { endpointPath, type EndpointId } from '#contract/endpoints.ts'
import { isNamed, lockTag, seenTag } from '#contract/seen.ts'
import type { Before } from '#contract/trace.ts'
import type { Instance, PrivateNetwork, SecurityGroup } from '#contract/types.ts'

import type { Deps } from '../deps.ts'
import { protectionNow } from '../history/timeline.ts'
import { isRefusal } from '../watch/judge.ts'
import { refuse, type ProblemError } from '../zone/refusals.ts'
import { readJson } from '../zone/zone.ts'
import { noLongerThan, type Checked } from './check.ts'

const overwriting: readonly EndpointId[] = ['update-instance', 'reset-instance-field']
const traced: readonly EndpointId[] = [
  ...overwriting,
  'scale-instance',
  'resize-instance-disk',
]

const locking: readonly EndpointId[] = [
  'add-instance-protection',
  'remove-instance-protection',
]

function changed({ reads, watcher }: Deps, { id, zone }: Checked): ProblemError {
  // So that the pages show it, too.
  reads.invalidate(zone.name)
  watcher.lookAt(zone.name)
  return refuse('changed', 412, { code: isNamed(id) ? 'name-changed' : 'values-changed' })
}

/** Where the API key may not read an instance, its name is not compared: the zone decides. */
async function requireName(
  deps: Deps,
  checked: Checked,
  reading: Promise<Instance>,
): Promise<void> {
  const instance = await reading.catch((error: unknown) => {
    if (isRefusal(error)) return undefined
    throw error
  })
  if (instance?.name !== undefined && checked.seen !== seenTag(checked.id, {}, instance))
    throw changed(deps, checked)
}

async function look(deps: Deps, checked: Checked): Promise<Before> {
  const { id, zone, parameters, sent, seen } = checked
  const get = async <T>(path: string) =>
    readJson<T>(zone.name, await zone.request({ method: 'GET', path }))
  if (id === 'detach-instance-from-private-network') {
    const network = { id: parameters['id'] ?? '' }
    const { leases } = await get<PrivateNetwork>(
      endpointPath('get-private-network', network),
    )
    const { instance } = sent as { instance: { id: string } } // checked by bodies.ts
    return { ip: leases?.find((lease) => lease['instance-id'] === instance.id)?.ip }
  }
  if (id === 'delete-rule-from-security-group') {
    const group = { id: parameters['id'] ?? '' }
    const { rules } = await get<SecurityGroup>(endpointPath('get-security-group', group))
    return { rule: rules?.find((rule) => rule.id === parameters['rule-id']) }
  }
  if (seen && locking.includes(id)) {
    // Exoscale doesn't return the protection, so what is known of it is compared
    // (docs/platform.md#protection).
    const { state } = await protectionNow(deps, zone, parameters['id'] ?? '')
    if (seen !== lockTag(state)) throw changed(deps, checked)
  }
  const path = endpointPath('get-instance', {
    id: parameters['instance-id'] ?? parameters['id'] ?? '',
  })
  if (seen && isNamed(id)) await requireName(deps, checked, get<Instance>(path))
  if (!traced.includes(id)) return {}
  const instance = await get<Instance>(path)
  if (seen && overwriting.includes(id) && seen !== seenTag(id, sent, instance))
    throw changed(deps, checked)
  return { instance }
}

/** What is only shown later may not take longer: the change waits for it. */
export const shownLaterMs = 3_000

/** Throws if the change must not be sent. */
export async function readBefore(deps: Deps, checked: Checked): Promise<Before> {
  const zone = checked.seen ? checked.zone : noLongerThan(checked.zone, shownLaterMs)
  try {
    return await look(deps, { ...checked, zone })
  } catch (error) {
    // Only a comparison needs it; otherwise the timeline just shows less.
    if (checked.seen) throw error
    return {}
  }
}
