import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'

import { dropKept, writeKept, writeKeptAtLast } from '../../../api/kept.ts'
import type { Press } from '../../../api/once.ts'
import { draftOf } from './draft.ts'
import { chosenIn } from './use-catalogue.ts'
import type { CreateField, CreateValues } from './values.ts'

/** How long the typing has to pause. */
const restMs = 400

/** Fields with text, of which each key is a change; in the others, each change is a choice. */
const typedFields: ReadonlySet<string> = new Set([
  'name',
  'count',
  'disk',
  'loginFrom',
  'privateNetworks',
  'reverseDns',
  'userData',
  'labels',
] satisfies CreateField[])

/** Whether a change of the form is a choice; the form names none for what concerns all of it. */
const isChoice = (field = 'name') => !typedFields.has(field.split('.')[0] ?? '')

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

/** Does `work` whenever it is asked for, one after the other: of two requests under way, the earlier may be stored last. */
function oneByOne(work: () => Promise<void>) {
  let isDue = false
  let isUnderWay = false
  const ask = async () => {
    isDue = true
    if (isUnderWay) return
    isUnderWay = true
    while (isDue) {
      isDue = false
      await work()
    }
    isUnderWay = false
  }
  return { ask: () => void ask(), isDue: () => isDue }
}

/**
 * Stores what is chosen in the form at once, and what is typed a moment later; unsaved changes are sent when the page
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
    const keep = async () => {
      if (stopped.current) return
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
    const storing = oneByOne(keep)
    let hasChosen = false
    const save = () => {
      clearTimeout(timer.current)
      timer.current = undefined
      hasChosen = false
      storing.ask()
    }
    const unsubscribe = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ isDirty, name: field }) => {
        touched.current ||= isDirty === true
        if (stopped.current || !touched.current) return
        hasChosen ||= isChoice(field)
        clearTimeout(timer.current)
        // Not before what follows from the choice is in the form, too.
        timer.current = window.setTimeout(save, hasChosen ? 0 : restMs)
      },
    })
    const leave = () => {
      if (stopped.current || !(timer.current || storing.isDue())) return
      clearTimeout(timer.current)
      timer.current = undefined
      storedAt.current = undefined
      writeKeptAtLast(name, unsaved())
    }
    // A page in the background may end without another event.
    const rest = () => {
      if (document.hidden && timer.current) save()
    }
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', rest)
    return () => {
      unsubscribe()
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', rest)
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
