/**
 * Sends a checked change to its zone, and reads the operation that it started from the zone's
 * response to follow it.
 */
import { randomUUID } from 'node:crypto'

import { endpointPath, endpoints, type EndpointId } from '#contract/endpoints.ts'
import { traceOf, type Before, type Trace } from '#contract/trace.ts'
import type {
  BlockStorageVolume,
  Operation,
  SecurityGroup,
  Snapshot,
} from '#contract/types.ts'

import type { Recording } from '../approvals/second-person.ts'
import { outcomeOfOperation } from '../audit/audit.ts'
import { changedIn } from '../audit/changed.ts'
import type { Deps } from '../deps.ts'
import { rememberRefusal } from '../history/timeline.ts'
import {
  changeBytes,
  garbage,
  operationIn,
  parseBytes,
  readBytes,
} from '../zone/answers.ts'
import { ProblemError, refuse } from '../zone/refusals.ts'
import { readJson, type ZoneAnswer } from '../zone/zone.ts'
import { readBefore, shownLaterMs } from './before.ts'
import { noLongerThan, type Checked } from './check.ts'
import { isDoneAlready } from './done.ts'
import { partReads, requireTheirPart } from './narrow.ts'

/**
 * The instance that a change concerns, if any, because the operation doesn't always name it
 * (docs/platform.md#resource-instead-of-reference). The path's id is an instance's only below
 * `/instance` and its reverse DNS; requests that attach or detach name it in their body.
 */
function instanceOf({ id, parameters, sent }: Checked, operation?: Operation) {
  if (id === 'create-instance') return operation?.reference?.id
  if (/^(\/reverse-dns)?\/instance\//.test(endpoints[id].path))
    return parameters['instance-id'] ?? parameters['id']
  // The body of attach, detach or evict, checked by its schema; others have no such member.
  const { instance, instances } = (sent ?? {}) as {
    instance?: { id?: string }
    instances?: string[]
  }
  return instance?.id ?? (instances?.length === 1 ? instances[0] : undefined)
}

/** The name in a change's body, because a new instance is in no list yet. */
function nameIn({ sent }: Checked): string | undefined {
  const { name } = (sent ?? {}) as { name?: unknown } // an object by its schema; checked here
  return typeof name === 'string' ? name : undefined
}

/** What an operation concerns, if the request doesn't name it. */
type About = { instanceId?: string; subject?: string }

const aboutBy: Partial<Record<EndpointId, EndpointId>> = {
  ...partReads,
  'delete-security-group': 'get-security-group',
  'add-rule-to-security-group': 'get-security-group',
  'delete-rule-from-security-group': 'get-security-group',
}

/** The name of a part, and the instance that it belongs to, if any; after the change, the zone may not know them. */
async function aboutPart({ id, zone, parameters }: Checked): Promise<About> {
  const look = aboutBy[id]
  if (!look) return {}
  try {
    const path = endpointPath(look, parameters)
    const asked = noLongerThan(zone, shownLaterMs).request({ method: 'GET', path })
    // One of the contract's answers.
    const part = await readJson<BlockStorageVolume | Snapshot | SecurityGroup>(
      zone.name,
      await asked,
    )
    const { name } = part
    const instance = 'instance' in part ? part.instance : undefined
    return {
      ...(instance?.id ? { instanceId: instance.id } : {}),
      ...(name ? { subject: name } : {}),
    }
  } catch {
    // The change is sent anyway; its entry then shows less.
    return {}
  }
}

function follow(
  deps: Deps,
  checked: Checked,
  { operation, before, about }: { operation: Operation; before: Before; about: About },
): Trace | undefined {
  const { id, zone, parameters, sent } = checked
  const instanceId = instanceOf(checked, operation) ?? about.instanceId
  const subject =
    (instanceId ? deps.watcher.nameOf(zone.name, instanceId) : parameters['name']) ??
    about.subject ??
    nameIn(checked)
  const reference = operation.reference?.id
  const trace = traceOf(id, { body: sent, parameters, reference }, before)
  const now = Date.now()
  // Its zone hasn't listed it yet, and who created it follows this.
  if (id === 'create-instance' && instanceId) {
    const { labels } = sent as { labels?: Record<string, string> } // as its schema has it
    deps.watcher.places.learn(instanceId, { zone: zone.name, labels })
  }
  deps.watcher.follow({
    id: operation.id,
    zone: zone.name,
    endpoint: id,
    ...(instanceId ? { instanceId } : {}),
    ...(subject ? { subject } : {}),
    state: operation.state,
    startedAt: now,
    ...(operation.state === 'pending' ? {} : { endedAt: now }),
    by: checked.person.name,
    ...(trace ? { trace } : {}),
  })
  return trace
}

/** Stores that a change is about to be sent; returns its entry in the audit log. */
function begin(
  { watcher }: Deps,
  checked: Checked,
  audit: Recording,
  about: About,
): Promise<string> {
  const { id: event, zone, parameters, sent } = checked
  const instanceId = instanceOf(checked) ?? about.instanceId
  const id = instanceId ?? parameters['id'] ?? parameters['name']
  const known = instanceId ? watcher.nameOf(zone.name, instanceId) : undefined
  const name = known ?? about.subject ?? nameIn(checked)
  const { id: _id, 'instance-id': _instance, ...others } = parameters
  return audit.begin({
    event,
    zone: zone.name,
    ...(id ? { target: { id, ...(name ? { name } : {}) } } : {}),
    changed: { ...others, ...changedIn(sent) },
  })
}

/** The zone accepted the change, so its outcome is unknown if its response can't be read. */
async function readMutation(zone: string, { body }: ZoneAnswer): Promise<Buffer> {
  let bytes: Buffer
  try {
    bytes = await readBytes(zone, body, changeBytes)
  } catch {
    const cause = { code: 'answer-lost', zone } as const
    throw refuse('zone-unreachable', 502, cause, { zone, unknownOutcome: true })
  }
  try {
    if (!Array.isArray(parseBytes(zone, bytes))) return bytes
  } catch {
    // Said below, as of a list.
  }
  throw garbage(zone, { unknownOutcome: true })
}

async function change(deps: Deps, checked: Checked, entry: string): Promise<Buffer> {
  const { id, zone, path, body } = checked
  const { method } = endpoints[id]
  if (method === 'GET') throw new Error(`${id} changes nothing`)
  try {
    const answer = await zone.request({
      method,
      entry,
      path,
      ...(body.length > 0 ? { body } : {}),
    })
    return await readMutation(zone.name, answer)
  } catch (error) {
    const isRefused = error instanceof ProblemError && !error.problem.unknownOutcome
    if (id === 'delete-instance' && isRefused)
      rememberRefusal(deps, {
        zone: zone.name,
        instanceId: checked.parameters['id'] ?? '',
        by: checked.person.name,
        message: error.problem.message,
      })
    throw error
  } finally {
    // Also after a failure: the change may have been made nevertheless.
    deps.reads.invalidate(zone.name)
  }
}

/** The operation in a zone's answer; undefined if the zone returned something else. */
function operationOf({ id, zone }: Checked, bytes: Buffer): Operation | undefined {
  const operation = operationIn(parseBytes(zone.name, bytes))
  // Only this change returns the changed object, because it is done at once
  // (docs/platform.md#block-storage).
  return operation && id === 'resize-block-storage-volume'
    ? { id: randomUUID(), state: 'success' }
    : operation
}

/** Stands for the operation of a change that was done before, whose answer was lost. */
function doneBefore({ parameters }: Checked): Buffer {
  const { id: about } = parameters
  const operation: Operation = {
    id: randomUUID(),
    state: 'success',
    ...(about ? { reference: { id: about } } : {}),
  }
  return Buffer.from(JSON.stringify(operation))
}

/**
 * Sends a change and follows the operation that it started. Returns the zone's bytes and the
 * operation in them, undefined if the zone returned something else. A change that is sent again
 * because its answer was lost, and that the zone rejects because it is done, has succeeded. Throws
 * the zone's other rejections as a `ProblemError`, with `unknownOutcome` if the change may have been
 * made.
 */
export async function mutate(
  deps: Deps,
  checked: Checked,
  audit: Recording,
): Promise<{ bytes: Buffer; operation: Operation | undefined }> {
  let about: About = {}
  let before: Before = {}
  let bytes: Buffer
  let entry = ''
  try {
    await deps.secondPerson.require([checked.id], audit)
    await requireTheirPart(deps, checked)
    const first = await Promise.all([aboutPart(checked), readBefore(deps, checked)])
    about = first[0]
    before = first[1]
    entry = await begin(deps, checked, audit, about)
    bytes = await change(deps, checked, entry)
  } catch (error) {
    if (!entry || !(await isDoneAlready(deps, checked, error))) throw error
    bytes = doneBefore(checked)
  }
  const operation = operationOf(checked, bytes)
  const trace = operation && follow(deps, checked, { operation, before, about })
  audit.said({
    ...(operation ? outcomeOfOperation(operation) : {}),
    ...(trace ? { changed: { ...trace } } : {}),
  })
  return { bytes, operation }
}
