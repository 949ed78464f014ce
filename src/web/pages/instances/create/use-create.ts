import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useLocation, useNavigate } from 'react-router'

import type { Problem } from '#contract/problem.ts'
import { userDataSystem } from '#contract/user-data/systems.ts'

import { problemOf } from '../../../api/client.ts'
import { orderInstances } from '../../../api/mutations.ts'
import type { Press } from '../../../api/once.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useEntryWords } from '../../../components/problem-words.ts'
import { packUserData } from '../user-data/encoding.ts'
import { rememberKeyFile } from './access/key-files.ts'
import type { KeyMaker } from './access/key-maker.ts'
import { AccessError, prepareAccess, type Made } from './access/prepare-access.ts'
import { withAccess } from './access/with-access.ts'
import { createOrder } from './create-body.ts'
import { saveLastZone } from './draft.ts'
import { useAllowed } from './own-labels.ts'
import { sortProblem } from './problem-fields.ts'
import { accessIn, chosenIn } from './use-catalogue.ts'
import type { CreateField, CreateValues } from './values.ts'

type Sent = {
  press: Press
  guided: boolean
  maker: KeyMaker
}

/** Keeps what was made in the form, so that another try names it instead of making it again. */
function keepMade(form: UseFormReturn<CreateValues>, made: Made, base: CreateValues): void {
  const set = { shouldDirty: true }
  if (made.part === 'key') {
    rememberKeyFile(made.name, made.file)
    form.setValue('keys', [...new Set([...base.keys, made.name])], set)
    form.setValue('makeKey', false, set)
  }
  if (made.part === 'rule') {
    form.setValue('securityGroups', base.securityGroups, set)
    form.setValue('openLogin', false, set)
  }
}

/**
 * Sends the form once. On success it opens the new instance's page, or the list of several new ones; on
 * failure it keeps everything and shows the zone's errors at their fields. The server does what
 * follows a creation (contract/create.ts).
 */
export function useCreate(
  form: UseFormReturn<CreateValues>,
  { press, guided, maker }: Sent,
  onWrongFields: (fields: CreateField[]) => void,
  onOrdered: () => void,
) {
  const wordsOf = useEntryWords()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const queries = useQueryClient()
  const allowed = useAllowed()
  const [problem, setProblem] = useState<Problem>()
  const [failed, setFailed] = useState<Made['part']>()
  const [made, setMade] = useState<Made[]>([])

  const sending = useOnce({
    press,
    send: async (key, values: CreateValues) => {
      const { zone } = values
      const { template } = chosenIn(queries, values)
      const access = accessIn(queries, values, guided)
      const onMade = (one: Made) => {
        setMade((before) => [...before, one])
        if (one.part === 'key') maker.forget()
        const id = one.part === 'rule' ? { groupId: one.id } : {}
        keepMade(form, one, withAccess(values, access, id))
      }
      const ready = await prepareAccess({ zone, queries, access, maker, onMade })
      const whole = withAccess(values, access, ready)
      const { encoded } = await packUserData(values.userData, userDataSystem(template))
      return orderInstances(zone, key, createOrder(allowed(whole), template, encoded))
    },
    onMutate: () => {
      setProblem(undefined)
      setFailed(undefined)
    },
    onSuccess: (chains, values) => {
      onOrdered()
      saveLastZone(values.zone)
      // Another page isn't left for it: the tray shows what is being created.
      if (location.pathname !== pathname) return
      const [first] = chains
      const one = chains.length === 1 ? first?.instanceId : undefined
      void navigate(
        one ? `/instances/${values.zone}/${one}` : `/instances/new?made=${first?.batch}`,
      )
    },
    onError: (error) => {
      if (error instanceof AccessError) {
        setFailed(error.part)
        setProblem(problemOf(error))
        onWrongFields([])
        return
      }
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
  return { sending, problem, idle, failed, made }
}
