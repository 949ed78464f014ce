import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'

import { dropKept, writeKept, writeKeptAtLast } from '../../../api/kept.ts'
import type { Press } from '../../../api/once.ts'
import { draftName, draftOf } from './draft.ts'
import { chosenIn } from './use-catalogue.ts'
import type { CreateValues } from './values.ts'

const restMs = 400

export type DraftState = {
  /** Epoch ms of the last time it was stored, or undefined while there is none. */
  savedAt: number | undefined
  failed: boolean
  /** Forgets it, and what is typed from now on until the page is opened again. */
  drop: () => Promise<void>
}

/**
 * Keeps what somebody changes in the form, a moment after they rest; what is still unsaved when
 * the page goes is sent at last. Nothing is kept of a form that nobody touched.
 */
export function useDraft(
  form: UseFormReturn<CreateValues>,
  press: Press,
  keptAt: number | undefined,
): DraftState {
  const queries = useQueryClient()
  const [savedAt, setSavedAt] = useState(keptAt)
  const [failed, setFailed] = useState(false)
  const stopped = useRef(false)
  const touched = useRef(false)
  const timer = useRef<number>(undefined)

  useEffect(() => {
    const unsaved = () => {
      const values = form.getValues()
      return draftOf(values, chosenIn(queries, values).template?.name ?? '', press.key)
    }
    const save = () => {
      timer.current = undefined
      void keep()
    }
    const keep = async () => {
      try {
        const { at } = await writeKept(draftName, unsaved())
        // One that was sent while it was being dropped goes as well.
        if (stopped.current) await dropKept(draftName)
        else setSavedAt(at)
        setFailed(false)
      } catch {
        setFailed(true)
      }
    }
    const unsubscribe = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ isDirty }) => {
        touched.current ||= isDirty === true
        if (stopped.current || !touched.current) return
        clearTimeout(timer.current)
        timer.current = window.setTimeout(save, restMs)
      },
    })
    const leave = () => {
      if (timer.current === undefined || stopped.current) return
      clearTimeout(timer.current)
      timer.current = undefined
      writeKeptAtLast(draftName, unsaved())
    }
    window.addEventListener('pagehide', leave)
    return () => {
      unsubscribe()
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [form, queries, press])

  const drop = async () => {
    stopped.current = true
    clearTimeout(timer.current)
    timer.current = undefined
    setSavedAt(undefined)
    // One that stays is only old; the form that was sent is what counts.
    await dropKept(draftName).catch(() => undefined)
  }
  return { savedAt, failed, drop }
}
