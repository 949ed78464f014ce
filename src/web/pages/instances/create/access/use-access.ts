import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useSyncExternalStore } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'

import { securityGroupsQuery, sshKeysQuery } from '../../../../api/queries.ts'
import { useChosen } from '../use-create-form.ts'
import type { CreateValues } from '../values.ts'
import { accessOf, type Access } from './access.ts'
import { KeyMaker, type KeyState } from './key-maker.ts'

type AccessForm = { guided: boolean; maker: KeyMaker }

/** The layout of the form and its new key, for the sections. */
export const AccessForm = createContext<AccessForm>({
  guided: false,
  maker: new KeyMaker(),
})

/** What is done for access with the present choices. */
export function useAccess(): Access {
  const { guided } = useContext(AccessForm)
  const { control } = useFormContext<CreateValues>()
  // useWatch may leave out what no field has registered; the defaults have all of it.
  const values = useWatch({ control }) as CreateValues
  const { zone, template } = useChosen()
  const keys = useQuery(sshKeysQuery(zone)).data
  const groups = useQuery(securityGroupsQuery(zone)).data
  return accessOf(values, { guided, template, keys, groups })
}

/** The form's new key and how far it is. */
export function useKeyMaker(): { maker: KeyMaker; state: KeyState } {
  const { maker } = useContext(AccessForm)
  const state = useSyncExternalStore(maker.subscribe, () => maker.state)
  return { maker, state }
}
