/** Keeps what is typed into a note, and saves it: never over a version that wasn't seen here. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'

import type { Note, Timeline } from '#contract/timeline.ts'

import { problemOf } from '../../../api/client.ts'
import { writeNote } from '../../../api/mutations.ts'
import { timelineQuery } from '../../../api/queries.ts'
import { showSaved } from '../../../api/show-saved.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { useInstance } from './instance-context.ts'

/** `base`: the note on which the text is based, as it was when the editing began or as it was saved last. */
type Draft = { text: string; base: Note | undefined }

export type NoteEditing = ReturnType<typeof useNote>

/** Edits the note of an instance or of its snapshot; `onSaved` is called when nothing is left to save. */
export function useNote(subject: string, onSaved?: () => void) {
  const { row } = useInstance()
  const queries = useQueryClient()
  const query = timelineQuery(row.zone, row.id)
  const { queryKey } = query
  const reading = useQuery(query)
  const { data: timeline, isFetching, refetch } = reading
  const unread = useReadError(reading)
  const note = timeline?.notes[subject]
  const [draft, setDraft] = useState<Draft>()
  // For a save that ends after more was typed.
  const typed = useRef<string>(undefined)
  const keep = (next: Draft | undefined) => {
    typed.current = next?.text
    setDraft(next)
  }
  const show = async (saved: Note | undefined) => {
    const known = await showSaved<Timeline>(queries, queryKey, (old) => {
      if (!old) return old
      const { [subject]: _before, ...others } = old.notes
      return { ...old, notes: { ...others, ...(saved ? { [subject]: saved } : {}) } }
    })
    // Where nothing had been read yet, the note comes with the rest.
    if (!known) await queries.invalidateQueries({ queryKey })
  }
  const saving = useOnce({
    send: (_key, { text, base }: Draft) =>
      writeNote({ zone: row.zone, id: subject }, { text, seen: base?.at ?? null }),
    onSuccess: async (saved) => {
      const base = saved.text === '' ? undefined : saved
      await show(base)
      const text = typed.current
      if (text === undefined || text.trim() === saved.text) {
        keep(undefined)
        onSaved?.()
      } else {
        // It was typed while the save was under way.
        const next = { text, base }
        keep(next)
        saving.mutate(next)
      }
    },
    // The other text is shown beside this one.
    onError: (error) =>
      problemOf(error).code === 'changed' && queries.invalidateQueries({ queryKey }),
  })
  const { isPending: isSaving, error } = saving
  const isChanged = draft !== undefined && draft.text.trim() !== (note?.text ?? '')
  const isConflict =
    isChanged && !isSaving && timeline !== undefined && note?.at !== draft.base?.at
  const send = (next: Draft | undefined) => {
    if (!next || isSaving) return
    keep(next)
    saving.mutate(next)
  }
  return {
    note,
    /** Until then nothing can be typed: it would be based on a note that may not be the stored one. */
    isKnown: timeline !== undefined,
    /** Why it isn't known, where it couldn't be read. */
    unread: timeline ? null : unread,
    isReading: isFetching,
    readAgain: () => void refetch(),
    text: draft?.text ?? note?.text ?? '',
    isChanged,
    /** Someone else changed the note since the editing began. */
    isConflict,
    isSaving,
    error,
    change: (text: string) => keep({ text, base: isChanged ? draft.base : note }),
    save: () => send(draft),
    /** Although someone else changed the note. */
    saveAnyway: () => send(draft && { ...draft, base: note }),
    discard: () => {
      if (!isSaving) saving.reset()
      keep(undefined)
    },
  }
}
