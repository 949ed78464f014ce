/** Says what came of an order that was confirmed. */
import type { ApprovalOutcome } from '#contract/people/approval.ts'

import { StoreOutage } from '../store/outage.ts'
import type { Store } from '../store/store.ts'
import { caused, ProblemError } from '../zone/refusals.ts'
import type { StoredApproval } from './approval-rows.ts'

/** What an error says of it. */
export function outcomeOf(error: unknown): ApprovalOutcome {
  if (error instanceof ProblemError) {
    const { problem } = error
    return problem.unknownOutcome ? { is: 'unknown', problem } : { is: 'refused', problem }
  }
  if (error instanceof StoreOutage) {
    const problem = {
      code: 'internal',
      status: 503,
      ...caused({ code: 'store-unavailable' }),
    } as const
    return { is: 'refused', problem }
  }
  return { is: 'unknown' }
}

/**
 * What is known of an order whose server has ended. Nothing is sent before its entry is in the audit log, so without
 * one nothing was; a chain and a job have the id of their entry, and go on.
 */
export async function resultAfterCrash(
  store: Store,
  { zone = '' }: Pick<StoredApproval, 'zone'>,
  entry: string | null,
): Promise<ApprovalOutcome> {
  if (entry === null) return { is: 'not-sent' }
  const find = (table: 'chain' | 'job') =>
    store.selectFrom(table).select('id').where('id', '=', entry).executeTakeFirst()
  const intent = await store
    .selectFrom('audit')
    .select('seq')
    .where('entry', '=', entry)
    .executeTakeFirst()
  if (!intent) return { is: 'not-sent' }
  if (await find('chain')) return { is: 'sent', result: { kind: 'chain', id: entry, zone } }
  if (await find('job')) return { is: 'sent', result: { kind: 'job', id: entry } }
  const said = await store
    .selectFrom('audit')
    .select(['result', 'operation_id'])
    .where('entry', '=', entry)
    .where('phase', '!=', 'intent')
    .where('result', 'in', ['accepted', 'done'])
    .executeTakeFirst()
  if (!said) return { is: 'unknown' }
  const { operation_id: id } = said
  return { is: 'sent', ...(id ? { result: { kind: 'operation', id, zone } } : {}) }
}
