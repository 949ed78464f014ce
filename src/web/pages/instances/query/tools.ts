/** What is loaded with load-tools.ts, in one chunk. */
import { favoritesFirst } from './favorites-first.ts'
import { filterRows, needsFavorites } from './filter-rows.ts'
import { QueryAid } from './QueryAid.tsx'

export const queryTools = { filterRows, needsFavorites, favoritesFirst, QueryAid }
export type QueryTools = typeof queryTools
