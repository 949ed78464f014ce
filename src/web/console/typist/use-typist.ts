import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

import { templateQuery } from '../../api/queries.ts'
import type { ToolProps } from '../tool.ts'
import { guard } from './guard.ts'
import { keyboardOf } from './keyboard-of.ts'
import {
  methodOf,
  rememberChoice,
  rememberedChoice,
  type LayoutChoice,
} from './layout-choice.ts'
import type { Guest } from './layout.ts'
import type { Method } from './plan.ts'
import type { Unit } from './stroke.ts'
import { Typist, type Progress } from './typist.ts'

export type Typing = {
  progress: Progress
  type: (units: readonly Unit[], options?: { slow?: boolean }) => Promise<Progress>
  cancel: () => void
}

/** A typist for as long as a panel is open; it stops with the connection, and with the panel. */
export function useTypist({ connection, state, viewOnly }: ToolProps): Typing {
  const [typist] = useState(() => new Typist(keyboardOf(connection)))
  const progress = useSyncExternalStore(typist.subscribe, typist.getSnapshot)
  // Keyboard and tab are outside React.
  useEffect(() => guard(typist), [typist])
  // A new attempt is another keyboard, also when it comes at once.
  const open = state.status === 'open' ? state.attempt : undefined
  useEffect(() => {
    if (open === undefined) return typist.stop('disconnected')
    return () => typist.stop('disconnected')
  }, [typist, open])
  useEffect(() => {
    if (viewOnly) typist.stop('view-only')
  }, [typist, viewOnly])

  const type = useCallback(
    (units: readonly Unit[], options?: { slow?: boolean }) => {
      // A modifier that somebody left down would change every character.
      connection.letGo()
      return typist.run(units, options)
    },
    [connection, typist],
  )
  const cancel = useCallback(() => typist.stop('cancelled'), [typist])
  return { progress, type, cancel }
}

export type Keyboard = {
  choice: LayoutChoice
  choose: (choice: LayoutChoice) => void
  guest: Guest
  /** The screen takes characters, so there is no layout to choose. */
  noLayout: boolean
  /** Undefined while its table is loaded. */
  method: Method | undefined
}

/** How to type on this machine: chosen before, or guessed from its template. */
export function useKeyboard({
  connection,
  row,
}: Pick<ToolProps, 'connection' | 'row'>): Keyboard {
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
