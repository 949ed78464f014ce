/**
 * Keeps narrowed people to what is theirs in calls of a zone: before a call is sent, by the rule of its endpoint
 * (contract/people/area.ts), and in the answer to a read.
 */
import { endpointPath, type EndpointId } from '#contract/endpoints.ts'
import { areaRules } from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'
import type { BlockStorageVolume, Instance, Snapshot } from '#contract/types.ts'

import type { Deps } from '../deps.ts'
import { noSuchInstance, reachOf, type Reach } from '../people/reach.ts'
import { mayShowOperation, siftAnswer } from '../people/sift.ts'
import { listIn } from '../zone/answers.ts'
import { parseAnswer, type Answer } from '../zone/reads.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { readJson, type ZoneClient } from '../zone/zone.ts'

/** As for an id that nothing has. */
const nothingThere = () => refuse('not-found', 404, { code: 'no-such-page' })

/** A call that is about to be checked, or was (check.ts). */
type Call = {
  id: EndpointId
  zone: Pick<ZoneClient, 'name'>
  parameters: Record<string, string>
  sent: unknown
}

const labelsIn = (sent: unknown) =>
  // A body that was checked by its schema.
  (Object(sent) as { labels?: Record<string, string> }).labels

/** Throws unless a person may send this call, as far as the call itself tells. */
export function requireTheirs(deps: Deps, reach: Reach, call: Call): void {
  if (!reach.isNarrowed) return
  const { id, parameters, sent } = call
  const zone = call.zone.name
  reach.requireZone(zone)
  const own = parameters['instance-id'] ?? parameters['id'] ?? ''
  switch (areaRules[id]) {
    case 'labels':
      reach.requireInstance(zone, own)
      // Without labels in its body, an update leaves them as they are.
      if (id === 'reset-instance-field' || labelsIn(sent))
        reach.requireLabels(labelsIn(sent))
      return
    case 'instance':
      return reach.requireInstance(zone, own)
    case 'named': {
      const { instance } = Object(sent) as { instance?: { id?: string } } // as its schema has it
      return reach.requireInstance(zone, instance?.id ?? '')
    }
    case 'create':
      return reach.requireLabels(labelsIn(sent))
    case 'operation': {
      const operation = deps.watcher.operation(own)
      if (!operation || operation.zone !== zone || !mayShowOperation(operation, reach))
        throw nothingThere()
      return
    }
    case 'shared':
      return reach.requireWide({ byLabel: true })
    case 'account':
      return reach.requireWide()
    case 'zones':
    case 'read':
    case 'list':
    case 'part':
    case 'members':
  }
}

/** The read that tells whose a part is, of each change of one. */
export const partReads: Partial<Record<EndpointId, EndpointId>> = {
  'delete-snapshot': 'get-snapshot',
  'export-snapshot': 'get-snapshot',
  'delete-block-storage-volume': 'get-block-storage-volume',
  'detach-block-storage-volume': 'get-block-storage-volume',
  'update-block-storage-volume': 'get-block-storage-volume',
  'resize-block-storage-volume': 'get-block-storage-volume',
}

/** A volume or a snapshot names the instance that it belongs to, if any. */
type Part = Pick<Partial<BlockStorageVolume & Snapshot>, 'instance'>

const isTheirPart = ({ instance }: Part, reach: Reach): boolean =>
  !reach.isByLabel || (instance?.id !== undefined && reach.holds(instance.id))

/** Throws a 404 for a change of a volume or a snapshot whose instance isn't theirs. */
export async function requireTheirPart(
  deps: Deps,
  { person, id, zone, parameters }: Call & { person: Person; zone: ZoneClient },
): Promise<void> {
  const reach = reachOf(deps, person)
  if (!reach.isByLabel || areaRules[id] !== 'part') return
  const look = partReads[id]
  // A row of the table that names no read can't be judged.
  if (!look) throw nothingThere()
  let part: Part
  try {
    const answer = zone.request({ method: 'GET', path: endpointPath(look, parameters) })
    part = await readJson<Part>(zone.name, await answer)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) throw nothingThere()
    throw error
  }
  if (!isTheirPart(part, reach)) throw nothingThere()
}

const listed = (zone: string, answer: object, name: string) =>
  // A list of objects, as `listIn` checks.
  listIn(zone, (answer as Record<string, object[] | undefined>)[name])

type Row = { id?: string; labels?: Record<string, string> } & Part

/** What a label-narrowed person may see of an answer; undefined for nothing. */
function siftRead(
  { id, zone }: Pick<Call, 'id' | 'zone'>,
  answer: object,
  reach: Reach,
): object | undefined {
  const only = (name: string, isTheirs: (row: Row) => boolean) => ({
    [name]: listed(zone.name, answer, name).filter(isTheirs),
  })
  switch (id) {
    case 'list-instances':
      return only('instances', ({ labels }) => reach.hasRow(zone.name, labels))
    case 'get-instance':
      // The contract's answer.
      return reach.hasRow(zone.name, (answer as Instance).labels) ? answer : undefined
    case 'list-snapshots':
      return only('snapshots', (row) => isTheirPart(row, reach))
    case 'list-block-storage-volumes':
      return only('block-storage-volumes', (row) => isTheirPart(row, reach))
    case 'get-snapshot':
    case 'get-block-storage-volume':
      return isTheirPart(answer, reach) ? siftAnswer(answer, reach) : undefined
    case 'list-instance-pools': {
      const pools = listed(zone.name, answer, 'instance-pools')
      const theirs = pools.flatMap((pool) => withMembers(pool, reach) ?? [])
      return { 'instance-pools': theirs }
    }
    case 'get-instance-pool':
      return withMembers(answer, reach)
    default:
      return siftAnswer(answer, reach)
  }
}

/** A pool with those of its members that are theirs; undefined if none is. */
function withMembers(pool: object, reach: Reach): object | undefined {
  const sifted = siftAnswer(pool, reach)
  const { instances } = Object(sifted) as { instances?: unknown } // checked next
  return Array.isArray(instances) && instances.length > 0 ? sifted : undefined
}

/** The zone's answer to a read without what isn't theirs; throws a 404 where nothing of it is. */
export async function narrowAnswer(
  checked: Pick<Call, 'id' | 'zone'>,
  answer: Answer,
  reach: Reach,
): Promise<Answer> {
  if (!reach.isNarrowed) return answer
  const { id, zone } = checked
  const rule = areaRules[id]
  // What is below one zone is theirs with the zone.
  if (!reach.isByLabel && rule !== 'read' && rule !== 'zones') return answer
  const parsed = await parseAnswer(zone.name, answer)
  if (rule === 'zones') {
    const zones = listed(zone.name, parsed, 'zones') as { name?: string }[] // checked here
    return bytesOf({ zones: zones.filter(({ name = '' }) => reach.hasZone(name)) })
  }
  const theirs = siftRead(checked, parsed, reach)
  if (!theirs) throw id === 'get-instance' ? noSuchInstance() : nothingThere()
  return bytesOf(theirs)
}

const bytesOf = (answer: object) => Buffer.from(JSON.stringify(answer))
