/** What is loaded with load-tools.ts, in one chunk. */
import { arrange } from '../groups/group-rows.ts'
import { GroupRow } from '../groups/GroupRow.tsx'
import { filterRows, needsFavorites } from './filter-rows.ts'
import { QueryAid } from './QueryAid.tsx'
import { warmTexts } from './warm-texts.ts'

export const queryTools = {
  filterRows,
  needsFavorites,
  arrange,
  GroupRow,
  QueryAid,
  warmTexts,
}
export type QueryTools = typeof queryTools
