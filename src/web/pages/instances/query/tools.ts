/** What is loaded with load-tools.ts, in one chunk. */
import { filterRows } from './filter-rows.ts'
import { QueryAid } from './QueryAid.tsx'

export const queryTools = { filterRows, QueryAid }
export type QueryTools = typeof queryTools
