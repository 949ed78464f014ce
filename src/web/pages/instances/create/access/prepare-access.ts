/**
 * Does what an instance needs before it is ordered: registers the new SSH key and makes the security
 * group that lets people log in. Each part is looked for first, so that a second try after a failure
 * or a lost answer goes on where the first one ended, and makes nothing twice.
 */
import type { QueryClient } from '@tanstack/react-query'

import { loginRule } from '#contract/access/login.ts'
import type { AddRuleToSecurityGroup, Operation, SecurityGroup } from '#contract/types.ts'
import { rulesLike } from '#contract/undo.ts'

import { problemOf, RequestError } from '../../../../api/client.ts'
import { addGroupRule, createSecurityGroup } from '../../../../api/mutations.ts'
import { newKey } from '../../../../api/once.ts'
import { securityGroupsQuery, sshKeysQuery } from '../../../../api/queries.ts'
import { hasFailed } from '../../../../components/operation-outcome.ts'
import { watchOperations } from '../operation-end.ts'
import { registerKey } from '../register-key.ts'
import type { Access } from './access.ts'
import type { KeyMaker } from './key-maker.ts'

/** What was made, as it is told and as the form goes on with it. */
export type Made =
  | { part: 'key'; name: string; file: string }
  | { part: 'group'; name: string }
  | { part: 'rule'; name: string; network: string; id: string }

/** What could not be made, with why. */
export class AccessError extends RequestError {
  readonly part: Made['part']

  constructor(part: Made['part'], error: unknown) {
    super(problemOf(error))
    this.part = part
  }
}

type Preparing = {
  zone: string
  queries: QueryClient
  access: Access
  maker: KeyMaker
  onMade: (made: Made) => void
}

/** Without news from the feed, the zone itself is asked. */
const newsLimitMs = 15_000

/** Sends a change and waits for its end; throws the zone's words of a failure, also of a later one. */
async function settled(zone: string, send: () => Promise<Operation>): Promise<Operation> {
  const operations = watchOperations()
  try {
    const begun = await send()
    if (begun.state !== 'pending') return begun
    const end = await operations.end(begun.id, newsLimitMs)
    if (end && hasFailed(end)) {
      const message = end.message ?? end.reason ?? end.state
      throw new RequestError({ code: 'zone-refused', status: 0, message, zone })
    }
    return begun
  } finally {
    operations.stop()
  }
}

async function makeKey({ zone, queries, maker, onMade }: Preparing): Promise<string> {
  const key = maker.open
  if (!key) throw new Error('the new key is gone')
  try {
    // A name that was made here and is taken already was registered by an earlier try.
    const known = await queries
      .fetchQuery({ ...sshKeysQuery(zone), staleTime: 0 })
      .catch(() => [])
    if (!known.some(({ name }) => name === key.name))
      await registerKey(zone, newKey(), key.name, key.publicKey)
  } catch (error) {
    throw new AccessError('key', error)
  }
  void queries.invalidateQueries({ queryKey: sshKeysQuery(zone).queryKey })
  onMade({ part: 'key', name: key.name, file: key.file })
  return key.name
}

/** A group of this name that has the rule, or has none yet; undefined where there is none such. */
const fitting = (
  groups: readonly SecurityGroup[],
  name: string,
  rule: AddRuleToSecurityGroup,
): SecurityGroup | undefined =>
  groups.find((group) => {
    const rules = group.rules ?? []
    const only = rules.length === rulesLike(group, rule).length
    return group.name === name && only
  })

/** The name, or with a number where a group of it lets others in. */
function freeName(groups: readonly SecurityGroup[], name: string): string {
  const taken = new Set(groups.map((group) => group.name))
  if (!taken.has(name)) return name
  let count = 2
  while (taken.has(`${name}-${count}`)) count += 1
  return `${name}-${count}`
}

async function findGroup(
  preparing: Preparing,
  wanted: string,
  rule: AddRuleToSecurityGroup,
): Promise<{ id: string; name: string; hasRule: boolean }> {
  const { zone, queries, onMade } = preparing
  const look = () => queries.fetchQuery({ ...securityGroupsQuery(zone), staleTime: 0 })
  // A key that may create groups and not list them makes one each time.
  const groups = await look().catch((): SecurityGroup[] => [])
  const named = fitting(groups, wanted, rule)
  // Where a group of this name lets others in, an earlier creation made one with a number.
  const numbered = groups
    .filter(({ name = '', rules }) => rules && /^-\d+$/.test(name.slice(wanted.length)))
    .map(({ name = '' }) => fitting(groups, name, rule))
  const found = [named, ...numbered].find((one) => one?.name?.startsWith(wanted))
  if (found)
    return {
      id: found.id,
      name: found.name ?? found.id,
      hasRule: (found.rules ?? []).length > 0,
    }
  const name = freeName(groups, wanted)
  const { reference } = await settled(zone, () =>
    createSecurityGroup(zone, newKey(), { name, description: rule.description ?? '' }),
  )
  onMade({ part: 'group', name })
  const id = reference?.id ?? (await look()).find((group) => group.name === name)?.id
  if (id === undefined) throw new Error(`${zone} doesn’t list ${name}`)
  return { id, name, hasRule: false }
}

async function makeGroup(preparing: Preparing): Promise<string | undefined> {
  const { zone, queries, access, onMade } = preparing
  const { group, way } = access
  if (!group) return undefined
  const rule = loginRule(way, group.network)
  const find = async () => {
    try {
      return await findGroup(preparing, group.name, rule)
    } catch (error) {
      throw new AccessError('group', error)
    } finally {
      void queries.invalidateQueries({ queryKey: securityGroupsQuery(zone).queryKey })
    }
  }
  const { id, name, hasRule } = await find()
  try {
    if (!hasRule) await settled(zone, () => addGroupRule(zone, newKey(), id, rule))
  } catch (error) {
    throw new AccessError('rule', error)
  }
  // The list is there before the form goes on with it.
  await queries.fetchQuery({ ...securityGroupsQuery(zone), staleTime: 0 }).catch(() => [])
  onMade({ part: 'rule', name, network: group.network, id })
  return id
}

/** Makes what is missing; answers what the order has to name besides the form's own choices. */
export async function prepareAccess(
  preparing: Preparing,
): Promise<{ key?: string; groupId?: string }> {
  const { makesKey, opensLogin } = preparing.access
  const key = makesKey ? await makeKey(preparing) : undefined
  const groupId = opensLogin ? await makeGroup(preparing) : undefined
  return {
    ...(key === undefined ? {} : { key }),
    ...(groupId === undefined ? {} : { groupId }),
  }
}
