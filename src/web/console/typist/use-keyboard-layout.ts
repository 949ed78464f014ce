/** Decides how to type into an instance: as chosen before, else as its template suggests. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { templateQuery } from '../../api/queries.ts'
import type { ToolProps } from '../tool.ts'
import {
  methodOf,
  rememberChoice,
  rememberedChoice,
  type LayoutChoice,
} from './layout-choice.ts'
import type { Guest } from './layout.ts'
import type { Method } from './plan.ts'

export type KeyboardLayout = {
  choice: LayoutChoice
  choose: (choice: LayoutChoice) => void
  guest: Guest
  /** The server takes characters, so there is no layout to choose. */
  noLayout: boolean
  /** Undefined while its table is loaded. */
  method: Method | undefined
}

export function useKeyboardLayout({
  connection,
  row,
}: Pick<ToolProps, 'connection' | 'row'>): KeyboardLayout {
  const id = row?.id ?? ''
  const { data: template } = useQuery({
    ...templateQuery(row?.zone ?? '', row?.template?.id ?? ''),
    enabled: Boolean(row?.template),
  })
  const guest: Guest = template?.family === 'windows' ? 'windows' : 'linux'
  const [chosen, setChosen] = useState<LayoutChoice>(() => rememberedChoice(id))
  const noLayout = connection.abilities?.extendedKeys === false
  const choice = noLayout ? 'characters' : chosen
  const [ready, setReady] = useState<{ key: string; method: Method }>()
  const key = `${choice} ${guest}`
  // Tables are loaded modules.
  useEffect(() => {
    let wanted = true
    const load = async () => {
      const loaded = await methodOf(choice, guest)
      if (wanted) setReady({ key: `${choice} ${guest}`, method: loaded })
    }
    void load()
    return () => {
      wanted = false
    }
  }, [choice, guest])
  return {
    choice,
    guest,
    noLayout,
    method: ready?.key === key ? ready.method : undefined,
    choose: (next) => {
      rememberChoice(id, next)
      setChosen(next)
    },
  }
}
