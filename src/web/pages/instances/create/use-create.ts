import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useNavigate } from 'react-router'

import type { Problem } from '#contract/problem.ts'
import { userDataSystem } from '#contract/user-data/systems.ts'

import { problemOf } from '../../../api/client.ts'
import { orderInstances } from '../../../api/mutations.ts'
import type { Press } from '../../../api/once.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useEntryWords } from '../../../components/problem-words.ts'
import { packUserData } from '../user-data/encoding.ts'
import { createOrder } from './create-body.ts'
import { saveLastZone } from './draft.ts'
import { sortProblem } from './problem-fields.ts'
import { chosenIn } from './use-catalogue.ts'
import type { CreateField, CreateValues } from './values.ts'

/**
 * Sends the form once. On success it opens the new instance's page, or the list of several new ones; on
 * failure it keeps everything and shows the zone's errors at their fields. The server does what
 * follows a creation (contract/create.ts).
 */
export function useCreate(
  form: UseFormReturn<CreateValues>,
  press: Press,
  onWrongFields: (fields: CreateField[]) => void,
  onOrdered: () => void,
) {
  const wordsOf = useEntryWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [problem, setProblem] = useState<Problem>()

  const sending = useOnce({
    press,
    send: async (key, values: CreateValues) => {
      const { template } = chosenIn(queries, values)
      const { encoded } = await packUserData(values.userData, userDataSystem(template))
      return orderInstances(values.zone, key, createOrder(values, template, encoded))
    },
    onMutate: () => setProblem(undefined),
    onSuccess: (chains, values) => {
      onOrdered()
      saveLastZone(localStorage, values.zone)
      const [first] = chains
      const one = chains.length === 1 ? first?.instanceId : undefined
      void navigate(
        one ? `/instances/${values.zone}/${one}` : `/instances/new?made=${first?.batch}`,
      )
    },
    onError: (error) => {
      const { onFields, rest } = sortProblem(problemOf(error))
      for (const { field, entry } of onFields) {
        form.setError(field, { type: 'zone', message: wordsOf(entry) })
      }
      setProblem(rest)
      onWrongFields(onFields.map(({ field }) => field))
    },
  })

  /** Nothing was sent from here. */
  const idle = sending.variables === undefined
  return { sending, problem, idle }
}
