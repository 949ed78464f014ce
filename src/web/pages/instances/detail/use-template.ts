import { useQuery } from '@tanstack/react-query'

import { templateQuery } from '../../../api/queries.ts'
import { useInstance } from './instance-context.ts'

/** The template of the instance; undefined until it has been read. */
export function useTemplate() {
  const { row } = useInstance()
  const { data } = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  return data
}
