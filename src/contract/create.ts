/**
 * Describes a request for new instances: what can be requested at once, and the calls that this needs.
 * create-instance accepts no network, elastic IP, reverse DNS or protection
 * (docs/platform.md#creating-an-instance), so those follow when the instance exists.
 *
 * `POST /api/zones/:zone/creations` with a `CreateOrder` returns the `Chain`s that were
 * started, one for each instance, or a `Problem` when the zone accepted none of them.
 */
import type { PlannedStep } from './plan.ts'
import type { CreateInstance } from './types.ts'

/** How many instances one request may make: each is a chain of its own, which the server follows. */
export const CREATE_MAX = 20

export type CreateOrder = {
  /** The body of create-instance; with `names`, its own name is ignored. */
  body: CreateInstance
  /** The names of several equal instances; absent for one. */
  names?: string[]
  /**
   * `ip` only for one instance, and in a network that has a range
   * (docs/platform.md#private-networks).
   */
  privateNetworks?: { id: string; ip?: string }[]
  elasticIps?: string[]
  /**
   * Only for one instance, and one that has a public address
   * (docs/platform.md#reverse-dns).
   */
  reverseDns?: string
  protect?: boolean
}

/**
 * The calls for one instance in their order. Protection comes last: a protected instance can still be
 * changed, but in the list, *Protected* then means that everything is done.
 */
export function planCreate(order: CreateOrder, name: string | undefined): PlannedStep[] {
  const { body, privateNetworks = [], elasticIps = [], reverseDns, protect } = order
  return [
    {
      part: 'change',
      endpoint: 'create-instance',
      body: { ...body, ...(name ? { name } : {}) },
    },
    ...privateNetworks.map(({ id, ip }): PlannedStep => ({
      part: 'follow',
      endpoint: 'attach-instance-to-private-network',
      target: id,
      ...(ip ? { body: { ip } } : {}),
    })),
    ...elasticIps.map((id): PlannedStep => ({
      part: 'follow',
      endpoint: 'attach-instance-to-elastic-ip',
      target: id,
    })),
    ...(reverseDns
      ? [
          {
            part: 'follow',
            endpoint: 'update-reverse-dns-instance',
            body: { 'domain-name': reverseDns },
          } as const,
        ]
      : []),
    ...(protect ? [{ part: 'follow', endpoint: 'add-instance-protection' } as const] : []),
  ]
}

/**
 * The names of `count` instances: `web` becomes web-01, web-02 …; a name that ends in a number
 * continues from it, with the same number of digits. At most as many as one request may make.
 */
export function seriesNames(name: string, count: number): string[] {
  if (count <= 1) return [name]
  const found = /^(.*?)(\d{1,9})$/.exec(name)
  const [stem, first, width] = found
    ? [found[1] ?? '', Number(found[2]), (found[2] ?? '').length]
    : [`${name}-`, 1, 2]
  return Array.from(
    { length: Math.min(count, CREATE_MAX) },
    (_, index) => `${stem}${String(first + index).padStart(width, '0')}`,
  )
}
