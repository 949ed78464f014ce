/** An instance as the zone returns it, read without the pages. */
import type { Inventory } from '#contract/feed.ts'
import type { Instance, ZoneEvent } from '#contract/types.ts'

import type { Running } from './app.ts'

export type Found = { zone: string; id: string }

/** What the server knows of all zones. */
export async function inventoryOf({ url }: Running): Promise<Inventory> {
  // The contract's answer of this endpoint.
  return (await (await fetch(`${url}/api/inventory`)).json()) as Inventory
}

export async function find(app: Running, name: string): Promise<Found | undefined> {
  const { zones } = await inventoryOf(app)
  for (const { zone, instances } of zones) {
    const found = instances.find((one) => one.name === name)
    if (found) return { zone, id: found.id }
  }
  return undefined
}

/** The instance as the zone returns it, or undefined if it has none. */
export async function read(
  { url }: Running,
  { zone, id }: Found,
): Promise<Instance | undefined> {
  const answer = await fetch(`${url}/api/zones/${zone}/instance/${id}`)
  // The contract's answer of this endpoint.
  return answer.ok ? ((await answer.json()) as Instance) : undefined
}

/** What the zone accepted under one operation's name, by its own events. */
async function acceptedIn(
  { url }: Running,
  zone: string,
  operation: string,
): Promise<ZoneEvent[]> {
  const answer = await fetch(`${url}/api/zones/${zone}/event`)
  if (!answer.ok) throw new Error(`GET event: ${answer.status}`)
  // The contract's answer of this endpoint.
  const events = (await answer.json()) as ZoneEvent[]
  return events.filter(
    ({ handler, status }) => handler === operation && (status ?? 200) < 400,
  )
}

/** The ids that accepted requests of one operation named, each as often as it was accepted, in all zones. */
export async function acceptedIds(app: Running, operation: string): Promise<unknown[]> {
  // Each zone returns all of them.
  const events = await acceptedIn(app, 'ch-gva-2', operation)
  return events.flatMap(({ 'path-params': path }) => Object.values(path ?? {}))
}

/** What the zone accepted for an instance under one operation's name. */
export async function acceptedFor(
  app: Running,
  { zone, id }: Found,
  operation: string,
): Promise<ZoneEvent[]> {
  const events = await acceptedIn(app, zone, operation)
  return events.filter(({ 'path-params': path }) => Object.values(path ?? {}).includes(id))
}
