/**
 * Undoes what was made of a security group. It is read first: a rule is only known by its content,
 * and a group that has rules by now is more than what was made.
 */
import type { SecurityGroup } from '#contract/types.ts'
import { rulesLike, type Undo } from '#contract/undo.ts'

import { callZone, changeZone, RequestError } from '../api/client.ts'
import type { RequestKey } from '../api/once.ts'

export type GroupUndo = Extract<
  Undo,
  { how: 'remove-rule' } | { how: 'call'; endpoint: 'delete-security-group' }
>

/** Sends it, or throws a RequestError where there is nothing left of it or more than it. */
export async function undoGroup(
  zone: string,
  undo: GroupUndo,
  key: RequestKey,
): Promise<void> {
  const parameters =
    undo.how === 'remove-rule' ? { id: undo.group } : { id: undo.parameters['id'] ?? '' }
  const group = await callZone<SecurityGroup>('get-security-group', { zone, parameters })
  const refuse = (code: 'rule-gone' | 'group-has-rules') =>
    new RequestError({ code: 'changed', status: 412, message: code, cause: { code } })
  if (undo.how === 'call') {
    if (group.rules?.length) throw refuse('group-has-rules')
    await changeZone('delete-security-group', key, { zone, parameters })
    return
  }
  const [ruleId] = rulesLike(group, undo.rule)
  if (ruleId === undefined) throw refuse('rule-gone')
  await changeZone('delete-rule-from-security-group', key, {
    zone,
    parameters: { ...parameters, 'rule-id': ruleId },
  })
}
