import { create } from 'zustand'

/** Since when the person has been away, until they have read what happened; null where they were here. */
export const useAway = create<{ since: number | null }>()(() => ({ since: null }))
