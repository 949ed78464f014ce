/**
 * What a console doesn't need for a good first attempt: the words for trouble, and what opens at a
 * press. It is one file, loaded when it is first needed, and at the latest after the first attempt, so that
 * it delays no first image and has come before the line breaks. A part that can't be loaded is missing and
 * breaks nothing.
 */
import { useEffect } from 'react'
import { create } from 'zustand'

import { whenIdle } from '../screen/preload.ts'
import type * as Parts from './later-parts.ts'

type Later = {
  parts: typeof Parts | undefined
  /** The last load failed. */
  failed: boolean
}

const useStore = create<Later>(() => ({ parts: undefined, failed: false }))

async function load(): Promise<void> {
  try {
    useStore.setState({ parts: await import('./later-parts.ts'), failed: false })
  } catch {
    useStore.setState({ failed: true })
  }
}

/** The later parts, which are loaded at once if they are needed. */
export function useLater(needed: boolean): Later {
  const later = useStore()
  const missing = needed && !later.parts
  useEffect(() => {
    if (missing) void load()
  }, [missing])
  return later
}

/** Loads them after the first attempt, in a moment in which the browser is idle. */
export function useLaterInTime(attempted: boolean): Later {
  useEffect(() => (attempted ? whenIdle(() => void load()) : undefined), [attempted])
  return useStore()
}
