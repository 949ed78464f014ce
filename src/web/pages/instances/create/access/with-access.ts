import { loginRule } from '#contract/access/login.ts'
import type { ChangeCall } from '#contract/call.ts'

import type { CreateValues } from '../values.ts'
import type { Access } from './access.ts'

/** Stands for the ID that the zone gives to the new group. */
const newGroup = 'NEW_SECURITY_GROUP'

/**
 * The choices with the new key and the new group. Without a choice of groups the default group
 * applies, so it is named beside the new one.
 */
export function withAccess(
  values: CreateValues,
  { applied }: Pick<Access, 'applied'>,
  { key, groupId }: { key?: string; groupId?: string },
): CreateValues {
  const groups =
    values.securityGroups.length > 0 ? values.securityGroups : applied.map(({ id }) => id)
  return {
    ...values,
    keys: key === undefined ? values.keys : [...new Set([...values.keys, key])],
    securityGroups:
      groupId === undefined ? values.securityGroups : [...new Set([...groups, groupId])],
  }
}

/** The calls before a creation, and the choices that its own call has, to show them as code. */
export function accessCalls(
  zone: string,
  values: CreateValues,
  access: Access,
  key: string,
): { calls: ChangeCall[]; values: CreateValues } {
  const { makesKey, opensLogin, group, way } = access
  const rule = opensLogin && group ? loginRule(way, group.network) : undefined
  const calls: ChangeCall[] = [
    ...(makesKey
      ? [
          {
            endpoint: 'register-ssh-key',
            zone,
            body: { name: key, 'public-key': '' },
          } as const,
        ]
      : []),
    ...(rule && group && !group.id
      ? [
          {
            endpoint: 'create-security-group',
            zone,
            parameters: { id: newGroup },
            body: { name: group.name, description: rule.description },
          } as const,
          {
            endpoint: 'add-rule-to-security-group',
            zone,
            parameters: { id: newGroup },
            body: rule,
          } as const,
        ]
      : []),
  ]
  const named = {
    ...(makesKey ? { key } : {}),
    ...(rule ? { groupId: group?.id ?? newGroup } : {}),
  }
  return { calls, values: withAccess(values, access, named) }
}
