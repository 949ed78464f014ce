/** The labels that a person's instances must have, because the person is limited to them. */
import { useQuery } from '@tanstack/react-query'

import { areaOf } from '#contract/people/area.ts'

import { sessionQuery } from '../../../api/queries.ts'
import type { LabelRow } from '../LabelRows.tsx'
import type { CreateValues } from './values.ts'

/** As rows of the form; none for people who aren't limited by label. */
export function useOwnLabels(): LabelRow[] {
  const { data: session } = useQuery(sessionQuery)
  const { labels = {} } = (session && areaOf(session.person)) ?? {}
  return Object.entries(labels).map(([key, value]) => ({ key, value }))
}

/** The values with these labels, whatever a link or a draft says of their keys. */
export function withOwnLabels(
  values: CreateValues,
  own: readonly LabelRow[],
): CreateValues {
  if (own.length === 0) return values
  const others = values.labels.filter(
    ({ key }) => !own.some((label) => label.key === key.trim()),
  )
  return { ...values, labels: [...own, ...others] }
}
