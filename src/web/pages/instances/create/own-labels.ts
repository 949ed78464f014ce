/** What a person's instances must have, because the person is limited to it, and what they can't have. */
import { useQuery } from '@tanstack/react-query'

import { areaOf } from '#contract/people/area.ts'

import { sessionQuery } from '../../../api/queries.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import type { LabelRow } from '../LabelRows.tsx'
import type { CreateValues } from './values.ts'

/** As rows of the form; none for people who aren't limited by label. */
export function useOwnLabels(): LabelRow[] {
  const { data: session } = useQuery(sessionQuery)
  const { labels = {} } = (session && areaOf(session.person)) ?? {}
  return Object.entries(labels).map(([key, value]) => ({ key, value }))
}

/** Why protection can't be turned on with a creation by this person; null if it can. */
export function useProtectBlock(): string | null {
  const block = useRoleBlock()
  return block('add-instance-protection')
}

/** Makes of the form's values those that this person may send, whatever a link or a draft says. */
export function useAllowed(): (values: CreateValues) => CreateValues {
  const own = useOwnLabels()
  const isBlocked = useProtectBlock() !== null
  return (values) => {
    const labelled = withOwnLabels(values, own)
    return isBlocked ? { ...labelled, protect: false } : labelled
  }
}

/** The values with these labels, whatever a link or a draft says of their keys. */
function withOwnLabels(values: CreateValues, own: readonly LabelRow[]): CreateValues {
  if (own.length === 0) return values
  const others = values.labels.filter(
    ({ key }) => !own.some((label) => label.key === key.trim()),
  )
  return { ...values, labels: [...own, ...others] }
}
