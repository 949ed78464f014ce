/**
 * Loads what understands queries (contract/query) and arranges rows, when it is first needed. Plain words don't need it,
 * so most visits to the list never wait for it.
 */
import { create } from 'zustand'

import type { QueryTools } from './tools.ts'

type Loaded = {
  tools?: QueryTools
  /** Why they couldn't be loaded. */
  error?: unknown
}

export const useQueryTools = create<Loaded>(() => ({}))

let loading: Promise<void> | undefined

/** Resolves when the tools are there, or can't be loaded; the next call tries again. */
export function loadQueryTools(): Promise<void> {
  loading ??= import('./tools.ts').then(
    ({ queryTools }) => useQueryTools.setState({ tools: queryTools, error: undefined }),
    (error: unknown) => {
      loading = undefined
      useQueryTools.setState({ error })
    },
  )
  return loading
}

/** Whether a text has only free words, which `searchRows` finds as well. Some texts that it denies have, too. */
export const isPlain = (text: string): boolean => !/[:|]|(^|\s)(-|OR\b)/.test(text)
