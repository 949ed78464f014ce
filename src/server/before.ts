/**
 * What a change is about to replace, read from the zone itself: to tell later what it was, and to
 * refuse it where its author was shown something else (contract/seen.ts).
 */
import { endpointPath, type EndpointId } from '#contract/endpoints.ts'
import { seenTag } from '#contract/seen.ts'
import type { Before } from '#contract/trace.ts'
import type { Instance, PrivateNetwork } from '#contract/types.ts'

import type { Checked, ProxyDeps } from './proxy.ts'
import { ProblemError, readJson } from './zone.ts'

const overwriting: readonly EndpointId[] = ['update-instance', 'reset-instance-field']
const traced: readonly EndpointId[] = [
  ...overwriting,
  'scale-instance',
  'resize-instance-disk',
]

async function look({ reads, watcher }: ProxyDeps, checked: Checked): Promise<Before> {
  const { id, zone, parameters, body, seen } = checked
  const get = async <T>(path: string) =>
    readJson<T>(zone.name, await zone.request({ method: 'GET', path }))
  const sent: unknown = body.length > 0 ? JSON.parse(body.toString('utf8')) : undefined
  if (id === 'detach-instance-from-private-network') {
    const network = { id: parameters['id'] ?? '' }
    const { leases } = await get<PrivateNetwork>(
      endpointPath('get-private-network', network),
    )
    const { instance } = sent as { instance: { id: string } } // checked by bodies.ts
    return { ip: leases?.find((lease) => lease['instance-id'] === instance.id)?.ip }
  }
  if (!traced.includes(id)) return {}
  const path = endpointPath('get-instance', { id: parameters['id'] ?? '' })
  const instance = await get<Instance>(path)
  if (seen && overwriting.includes(id) && seen !== seenTag(id, sent, instance)) {
    // The pages shall see it, too.
    reads.invalidate(zone.name)
    watcher.lookAt(zone.name)
    const message = 'Nothing was overwritten. Look at what is there now.'
    throw new ProblemError({ code: 'changed', status: 412, message })
  }
  return { instance }
}

/** Throws where the change must not be sent. */
export async function readBefore(deps: ProxyDeps, checked: Checked): Promise<Before> {
  try {
    return await look(deps, checked)
  } catch (error) {
    // Without it less can be told; only what was to be compared has to be known.
    if (checked.seen) throw error
    return {}
  }
}
