import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'

import { dropKept, writeKept, writeKeptAtLast } from '../../../api/kept.ts'
import type { Press } from '../../../api/once.ts'
import { draftOf } from './draft.ts'
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

type Kept = {
  /** The name that it is stored under. */
  name: string
  /** When it was stored, epoch ms. */
  at: number | undefined
}

/**
 * Stores changes of the form a moment after the last one; unsaved changes are sent when the page
 * closes. An unchanged form isn't stored.
 */
export function useDraft(
  form: UseFormReturn<CreateValues>,
  press: Press,
  { name, at }: Kept,
): DraftState {
  const queries = useQueryClient()
  const [savedAt, setSavedAt] = useState(at)
  const [failed, setFailed] = useState(false)
  const stopped = useRef(false)
  const touched = useRef(false)
  const timer = useRef<number>(undefined)
  /** When this form's draft was stored, 0 before; undefined if it may be stored, but not when. */
  const storedAt = useRef<number | undefined>(at ?? 0)

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
        storedAt.current = undefined
        const { at } = await writeKept(name, unsaved())
        storedAt.current = at
        // A draft that was sent during the deletion is deleted, too.
        if (stopped.current) await dropKept(name, { at })
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
      storedAt.current = undefined
      writeKeptAtLast(name, unsaved())
    }
    window.addEventListener('pagehide', leave)
    return () => {
      unsubscribe()
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [form, queries, press, name])

  const drop = async () => {
    stopped.current = true
    clearTimeout(timer.current)
    timer.current = undefined
    setSavedAt(undefined)
    const at = storedAt.current
    // A draft that can't be deleted is only outdated; the sent form is what counts. That of another tab stays.
    await dropKept(name, at === undefined ? at : { at }).catch(() => undefined)
  }
  return { savedAt, failed, drop }
}
