/**
 * Stores the names that instances' IP addresses resolve to; nothing resolves them
 * (docs/platform.md#reverse-dns).
 */
import type { Operation } from '#contract/types.ts'

import { change, findInstance, takes, type Here } from '../change.ts'
import { referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'

const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}\.?$/i

/** With a trailing dot; a 404 if there is no name or no such instance. */
export function getReverseDns({ zone }: Here, instanceId: string) {
  const name = zone.reverseDns.get(findInstance(zone, instanceId).id)
  if (name === undefined) throw notFound()
  return { 'domain-name': name }
}

/** A 400 for private instances, which have no address (docs/platform.md#public-addresses). */
export function updateReverseDns(here: Here, instanceId: string, name: string): Operation {
  const { zone } = here
  const instance = findInstance(zone, instanceId)
  if (!instance['public-ip'])
    throw new Refused(400, 'The instance has no public IP address')
  if (!domainName.test(name)) {
    const message = 'is not a domain name'
    throw new Refused(400, 'bad request', [{ message, path: 'domain-name' }])
  }
  return change(here, instance, {
    takesMs: takes.reverseDns,
    reference: referenceTo('reverse-dns/instance', instanceId),
    effect() {
      zone.reverseDns.set(instanceId, name.endsWith('.') ? name : `${name}.`)
    },
  })
}

export function deleteReverseDns(here: Here, instanceId: string): Operation {
  getReverseDns(here, instanceId)
  return change(here, findInstance(here.zone, instanceId), {
    takesMs: takes.reverseDns,
    reference: referenceTo('reverse-dns/instance', instanceId),
    effect() {
      here.zone.reverseDns.delete(instanceId)
    },
  })
}
