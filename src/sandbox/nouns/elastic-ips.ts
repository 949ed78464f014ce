/**
 * Serves the elastic IPs of a zone; one may be attached to several instances
 * (docs/platform.md#elastic-ips).
 */
import type { ElasticIp, Operation } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import type { ZoneStore } from '../world.ts'

export function findElasticIp(zone: ZoneStore, id: string): ElasticIp {
  const elasticIp = zone.elasticIps.get(id)
  if (!elasticIp) throw notFound()
  return elasticIp
}

/** Attaches the elastic IP; throws a 409 if it is already attached. */
export function attachToElasticIp(
  here: Here,
  elasticIpId: string,
  instanceId: string,
): Operation {
  const { id, ip = '' } = findElasticIp(here.zone, elasticIpId)
  const instance = findInstance(here.zone, instanceId)
  requireAllowed('attach', instance)
  const held = instance['elastic-ips'] ?? []
  if (held.some((one) => one.id === id))
    throw new Refused(409, 'The elastic IP is already attached to the instance')
  return change(here, instance, {
    takesMs: takes.attach,
    reference: referenceTo('elastic-ip', id),
    effect() {
      instance['elastic-ips'] = [...held, { id, ip }]
    },
  })
}

/** Detaches the elastic IP; throws a 404 if it isn't attached. */
export function detachFromElasticIp(
  here: Here,
  elasticIpId: string,
  instanceId: string,
): Operation {
  const { id } = findElasticIp(here.zone, elasticIpId)
  const instance = findInstance(here.zone, instanceId)
  requireAllowed('attach', instance)
  const held = instance['elastic-ips'] ?? []
  if (!held.some((one) => one.id === id))
    throw new Refused(404, 'The elastic IP is not attached to the instance')
  return change(here, instance, {
    takesMs: takes.attach,
    reference: referenceTo('elastic-ip', id),
    effect() {
      instance['elastic-ips'] = held.filter((one) => one.id !== id)
    },
  })
}
