/**
 * Takes out of what is sent to a narrowed person whatever isn't theirs: of a zone's answers, of the inventory, and of the
 * events of the feed.
 */
import type { Chain } from '#contract/chain.ts'
import type { FeedEvent, Inventory } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import type { Places } from '../watch/places.ts'
import type { Reach } from './reach.ts'

const dropped = Symbol('dropped')

/** Members that name instances: what they name must be theirs, also if it is unknown. */
const naming = new Set(['instance', 'instances', 'instance-id'])

type Members = Record<string, unknown>
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function siftValue(value: unknown, reach: Reach, names: boolean): unknown {
  if (typeof value === 'string') {
    const isHidden = names ? !reach.holds(value) : reach.hides(value)
    return isHidden ? dropped : value
  }
  if (Array.isArray(value))
    return value
      .map((one: unknown) => siftValue(one, reach, names))
      .filter((one) => one !== dropped)
  if (!isObject(value)) return value
  const kept: [string, unknown][] = []
  for (const [name, member] of Object.entries(value)) {
    // Their keys and values are words of people, also where they are called like a member.
    const isLabels = name === 'labels' && isObject(member)
    const sifted = isLabels
      ? member
      : siftValue(member, reach, naming.has(name) || (names && name === 'id'))
    if (sifted === dropped) return dropped
    kept.push([name, sifted])
  }
  return Object.fromEntries(kept)
}

/** A zone's answer without the instances of others and what belongs to them; undefined if nothing is left of it. */
export function siftAnswer(answer: object, reach: Reach): object | undefined {
  const sifted = siftValue(answer, reach, false)
  // An object or a list, as it was.
  return sifted === dropped ? undefined : (sifted as object)
}

/** Whether an operation is of an instance that is theirs, or of their zone. */
export function mayShowOperation(
  { zone, instanceId }: FollowedOperation,
  reach: Reach,
): boolean {
  if (!reach.isNarrowed) return true
  return instanceId ? reach.has(zone, instanceId) : !reach.isByLabel && reach.hasZone(zone)
}

/** The labels with which a chain creates its instance. */
function createdLabels({ steps }: Chain): Record<string, string> | undefined {
  const create = steps.find(({ endpoint }) => endpoint === 'create-instance')
  const { labels } = Object(create?.body) as { labels?: Record<string, string> } // checked by its schema
  return labels
}

/** The instance that a chain has created is known from then on, before its zone lists it. */
export function learnCreated(places: Places, chain: Chain): void {
  const { zone, instanceId, endpoint } = chain
  if (instanceId && endpoint === 'create-instance')
    places.learn(instanceId, { zone, labels: createdLabels(chain) })
}

/** Whether a chain is of an instance that is theirs, or creates one. */
export function mayShowChain(chain: Chain, reach: Reach): boolean {
  if (!reach.isNarrowed) return true
  const { zone, instanceId } = chain
  return instanceId ? reach.has(zone, instanceId) : reach.hasRow(zone, createdLabels(chain))
}

/** A chain without the instances that had its name before, which may be anyone's. */
function siftChain(chain: Chain, reach: Reach): Chain | undefined {
  if (!mayShowChain(chain, reach)) return undefined
  const steps = chain.steps.map(({ known: _known, ...step }) => step)
  return reach.isNarrowed ? { ...chain, steps } : chain
}

/** A job that they began or tried again, with the names of instances that are still theirs. */
export function siftJob(job: Job, reach: Reach): Job | undefined {
  if (!reach.isNarrowed) return job
  if (!reach.isOf(job.personId) && !reach.isOf(job.again?.personId)) return undefined
  const { nameIds = [], names } = job
  const held = (at: number) => reach.holds(nameIds[at] ?? '')
  return {
    ...job,
    names: names.filter((_name, at) => held(at)),
    nameIds: nameIds.filter((_id, at) => held(at)),
  }
}

/** The inventory as a person may see it. */
export function siftInventory(inventory: Inventory, reach: Reach): Inventory {
  if (!reach.isNarrowed) return inventory
  const { zones, operations, chains, jobs } = inventory
  return {
    ...inventory,
    zones: zones
      .filter(({ zone }) => reach.hasZone(zone))
      .map(({ instances, ...health }) => ({
        ...health,
        instances: instances.filter(({ labels }) => reach.hasRow(health.zone, labels)),
      })),
    operations: operations.filter((one) => mayShowOperation(one, reach)),
    chains: chains.flatMap((chain) => siftChain(chain, reach) ?? []),
    jobs: jobs.flatMap((job) => siftJob(job, reach) ?? []),
  }
}

type Instances = Extract<FeedEvent, { type: 'instances' }>

function siftInstances(event: Instances, reach: Reach): FeedEvent | undefined {
  const { zone } = event
  if (!reach.hasZone(zone)) return undefined
  const upsert = event.upsert.filter(({ labels }) => reach.hasRow(zone, labels))
  const others = event.upsert.filter((row) => !upsert.includes(row))
  // One that was theirs isn't any more: the page reads everything again, so that no event names it.
  if (others.some(({ id }) => reach.holds(id))) return { type: 'reset' }
  const remove = event.remove.filter((id) => reach.holds(id))
  return upsert.length + remove.length > 0 ? { ...event, upsert, remove } : undefined
}

/** An event as a person may see it; undefined if it isn't theirs. `Places` hasn't learned from it yet. */
export function siftEvent(event: FeedEvent, reach: Reach): FeedEvent | undefined {
  if (!reach.isNarrowed) return event
  switch (event.type) {
    case 'instances':
      return siftInstances(event, reach)
    case 'zone':
      return reach.hasZone(event.zone) ? event : undefined
    case 'operation':
      return mayShowOperation(event.operation, reach) ? event : undefined
    case 'chain': {
      const chain = siftChain(event.chain, reach)
      return chain && { ...event, chain }
    }
    case 'job': {
      const job = siftJob(event.job, reach)
      return job && { ...event, job }
    }
    case 'stale': {
      const { zone, parameters } = event
      const isHidden = Object.values(parameters).some((value) => reach.hides(value))
      return reach.hasZone(zone) && !isHidden ? event : undefined
    }
    // It says nothing of what it is about.
    case 'approvals':
    case 'reset':
    case 'bye':
      return event
  }
}
