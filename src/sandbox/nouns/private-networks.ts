/**
 * Serves private networks of a zone. Managed ones (with DHCP) have a lease for each interface; the
 * instance itself has only its interface (docs/platform.md#private-networks).
 */
import { randomBytes } from 'node:crypto'

import type { Operation, PrivateNetwork } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import { failureByName } from '../sentinels.ts'
import type { ZoneStore } from '../world.ts'

export function findPrivateNetwork(zone: ZoneStore, id: string): PrivateNetwork {
  const network = zone.privateNetworks.get(id)
  if (!network) throw notFound()
  return network
}

/**
 * A generated MAC address; Exoscale's begin with 06 (docs/platform.md#get-instance).
 */
export function aMacAddress(): string {
  return `06:${randomBytes(5).toString('hex').match(/../g)?.join(':')}`
}

const toNumber = (ip: string) =>
  ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)

const toIp = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')

function refuseIp(message: string): never {
  throw new Refused(400, message, [{ message, path: 'ip' }])
}

/** Without leases, the member is absent. */
function setLeases(network: PrivateNetwork, leases: PrivateNetwork['leases'] = []): void {
  if (leases.length > 0) network.leases = leases
  else delete network.leases
}

/**
 * The address for an instance: the requested one, or the first free one of the range. A requested
 * one may be outside the range but not outside the network (inferred).
 */
function chooseIp(network: PrivateNetwork, asked: string | undefined): string | undefined {
  const { 'start-ip': start, 'end-ip': end, netmask } = network
  const taken = new Set(network.leases?.map(({ ip }) => ip))
  if (!start || !end || !netmask) {
    if (asked) refuseIp('An address can be chosen in managed networks only')
    return undefined
  }
  if (asked) {
    const size = 2 ** 32 - toNumber(netmask)
    const same = (ip: string) => Math.floor(toNumber(ip) / size)
    if (
      asked.split('.').some((octet) => Number(octet) > 255) ||
      same(asked) !== same(start)
    )
      refuseIp('The address is not in the network')
    if (taken.has(asked)) throw new Refused(409, 'The IP address is already in use')
    return asked
  }
  for (let at = toNumber(start); at <= toNumber(end); at += 1) {
    if (!taken.has(toIp(at))) return toIp(at)
  }
  throw new Refused(409, 'The private network has no free IP address left')
}

/** Gives an instance an interface; throws a 409 if it already has one in the network. */
export function attachToPrivateNetwork(
  here: Here,
  networkId: string,
  body: { instance: { id: string }; ip?: string },
): Operation {
  const network = findPrivateNetwork(here.zone, networkId)
  const instance = findInstance(here.zone, body.instance.id)
  requireAllowed('attach', instance)
  const interfaces = instance['private-networks'] ?? []
  if (interfaces.some(({ id }) => id === networkId))
    throw new Refused(409, 'The instance is already in the private network')
  const ip = chooseIp(network, body.ip)
  const operation = change(here, instance, {
    takesMs: takes.attachNetwork,
    reference: referenceTo('private-network', networkId),
    effect() {
      const added = { id: networkId, 'mac-address': aMacAddress() }
      instance['private-networks'] = [...interfaces, added]
    },
  })
  // At once, so that no other instance gets the address.
  if (ip && !failureByName(instance.name))
    setLeases(network, [...(network.leases ?? []), { 'instance-id': instance.id, ip }])
  return operation
}

function release(network: PrivateNetwork, instanceId: string): void {
  setLeases(
    network,
    network.leases?.filter((lease) => lease['instance-id'] !== instanceId),
  )
}

/** Frees every address an instance has in the zone's networks. */
export function releaseLeases(zone: ZoneStore, instanceId: string): void {
  for (const network of zone.privateNetworks.values()) release(network, instanceId)
}

/** Removes the interface; throws a 404 if there is none. */
export function detachFromPrivateNetwork(
  here: Here,
  networkId: string,
  instanceId: string,
): Operation {
  const network = findPrivateNetwork(here.zone, networkId)
  const instance = findInstance(here.zone, instanceId)
  requireAllowed('attach', instance)
  const interfaces = instance['private-networks'] ?? []
  if (!interfaces.some(({ id }) => id === networkId))
    throw new Refused(404, 'The instance is not in the private network')
  return change(here, instance, {
    takesMs: takes.attachNetwork,
    reference: referenceTo('private-network', networkId),
    effect() {
      instance['private-networks'] = interfaces.filter(({ id }) => id !== networkId)
      release(network, instanceId)
    },
  })
}
