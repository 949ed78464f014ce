import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { PersonChange, PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { changePerson, peopleQuery } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useOnce } from '../../api/use-once.ts'
import { useReadAgain } from './InviteDialogs.tsx'

/**
 * Changes a person as the dialog has shown them. After another admin's change, `seen` is how they are now, which
 * ChangeProblem.tsx shows; what was chosen is then sent only when it is confirmed again. The own name and role are then
 * shown everywhere.
 */
export function useChange(person: PersonRow, onClose: () => void) {
  const queries = useQueryClient()
  const readAgain = useReadAgain()
  const [seen, setSeen] = useState(person)
  const readNow = async () => {
    // What can't be read now is rejected again.
    const people = await queries
      .fetchQuery({ ...peopleQuery, staleTime: 0 })
      .catch(() => [])
    setSeen((before) => people.find(({ id }) => id === person.id) ?? before)
  }
  const readAll = async () => {
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    await readAgain()
  }
  const change = useOnce({
    send: async (_key, wanted: PersonChange) => {
      // Someone who must not come in anymore is disabled, however else they have changed.
      const isEnd = wanted.disabled === true
      try {
        await changePerson(person.id, wanted, isEnd ? undefined : seen)
      } catch (error) {
        if (problemOf(error).code === 'changed') await readNow()
        throw error
      }
    },
    closes: true,
    onSuccess: () => {
      onClose()
      void readAll()
    },
    onError: readAll,
  })
  return { ...change, seen }
}
