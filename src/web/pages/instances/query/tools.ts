/** What is loaded with load-tools.ts, in one chunk. */
import { arrange } from '../groups/group-rows.ts'
import { GroupRow } from '../groups/GroupRow.tsx'
import { filterRows, needsFavorites } from './filter-rows.ts'
import { QueryAid } from './QueryAid.tsx'

export const queryTools = { filterRows, needsFavorites, arrange, GroupRow, QueryAid }
export type QueryTools = typeof queryTools
