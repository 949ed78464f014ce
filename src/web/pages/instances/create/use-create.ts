import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useNavigate } from 'react-router'

import type { Problem } from '#contract/problem.ts'

import { problemOf } from '../../../api/client.ts'
import { createInstance } from '../../../api/mutations.ts'
import { toast } from '../../../ui/toast.ts'
import { createBody } from './create-body.ts'
import { clearDraft, saveLastZone } from './draft.ts'
import { sortProblem } from './problem-fields.ts'
import { protectNew } from './protect-new.ts'
import { chosenIn } from './use-catalogue.ts'
import type { CreateField, CreateValues } from './values.ts'

/**
 * Sends the form once. Success leaves for the new instance's page; failure keeps everything,
 * with the zone's mistakes moved onto their fields.
 */
export function useCreate(
  form: UseFormReturn<CreateValues>,
  onWrongFields: (fields: CreateField[]) => void,
) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [problem, setProblem] = useState<Problem>()

  const protect = async (
    target: { zone: string; id: string },
    by: string,
    name: string,
  ) => {
    try {
      await protectNew(target, by)
    } catch (error) {
      const { message } = problemOf(error)
      toast({ kind: 'error', title: t`${name} is not protected`, body: message })
    }
  }

  const mutation = useMutation({
    mutationFn: (values: CreateValues) =>
      createInstance(values.zone, createBody(values, chosenIn(queries, values).template)),
    onMutate: () => setProblem(undefined),
    onSuccess: (operation, values) => {
      clearDraft(sessionStorage)
      saveLastZone(localStorage, values.zone)
      const id = operation.reference?.id
      if (values.protect) {
        const name = values.name.trim() || t`The new instance`
        if (id) void protect({ zone: values.zone, id }, operation.id, name)
        else {
          const body = t`The zone did not tell its id. Turn protection on at the instance.`
          toast({ kind: 'warning', title: t`${name} is not protected`, body })
        }
      }
      void navigate(id ? `/instances/${values.zone}/${id}` : '/instances')
    },
    onError: (error) => {
      const { onFields, rest } = sortProblem(problemOf(error))
      for (const { field, message } of onFields) {
        form.setError(field, { type: 'zone', message })
      }
      setProblem(rest)
      onWrongFields(onFields.map(({ field }) => field))
    },
  })

  const send = (values: CreateValues) => {
    // A second press before the answer would create, and bill, a second instance.
    if (!mutation.isPending && !mutation.isSuccess) mutation.mutate(values)
  }
  return { send, problem, pending: mutation.isPending }
}
