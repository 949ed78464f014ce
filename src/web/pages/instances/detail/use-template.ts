import { useQuery } from '@tanstack/react-query'

import { templateQuery } from '../../../api/queries.ts'
import { useInstance } from './instance-context.ts'

/** The template of the instance, unless it is gone, and whether it is still being read. */
export function useTemplateRead() {
  const { row } = useInstance()
  const { data: template, isLoading } = useQuery({
    ...templateQuery(row.zone, row.template?.id ?? ''),
    enabled: Boolean(row.template),
  })
  return { template, isLoading }
}

/** The template of the instance; undefined until it has been read. */
export const useTemplate = () => useTemplateRead().template
