/**
 * Finds the zone of an instance, for links that name only its ID. Usually the last polls contain it;
 * otherwise all zones are queried at the same time.
 */
import { endpointPath, isId } from '#contract/endpoints.ts'

import type { Deps } from './deps.ts'
import { noSuchInstance, type Reach } from './people/reach.ts'
import { ProblemError } from './zone/refusals.ts'
import type { ZoneClient } from './zone/zone.ts'

/** Throws `not-found` if no zone has it, or the problem of a zone that could not be read. */
export async function find(
  deps: Deps,
  instanceId: string,
  reach: Reach,
): Promise<{ zone: string }> {
  const known = deps.watcher.zoneOf(instanceId)
  if (known && reach.has(known, instanceId)) return { zone: known }
  // An unknown one isn't theirs, and one of another zone is as if it didn't exist.
  if (known || reach.isByLabel) throw noSuchInstance()
  const zones = [...deps.zones.values()].filter(({ name }) => reach.hasZone(name))
  const problems: ProblemError[] = []
  const ask = async (zone: ZoneClient) => {
    await deps.reads.read(zone, endpointPath('get-instance', { id: instanceId }), false)
    return { zone: zone.name }
  }
  try {
    if (isId(instanceId)) return await Promise.any(zones.map(ask))
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error]
    problems.push(...errors.filter((one) => one instanceof ProblemError))
  }
  // While a zone doesn't respond, it may still have the instance.
  const silent = problems.find(({ problem }) => problem.status !== 404)
  if (silent) throw silent
  throw noSuchInstance()
}
