/** What is loaded with load-tools.ts, in one chunk. */
import { filterRows } from './filter-rows.ts'
import { QueryAid } from './QueryAid.tsx'
import { warmTexts } from './warm-texts.ts'

export const queryTools = { filterRows, QueryAid, warmTexts }
export type QueryTools = typeof queryTools
