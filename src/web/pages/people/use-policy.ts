/** Changes what roles may do, switch by switch: each is sent at once, and one that wasn't saved stays as it was chosen. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import {
  changePolicy,
  rolesChanged,
  type LimitedRole,
  type Policy,
  type PolicyChange,
  type ScreenRight,
  type ScreenRights,
} from '#contract/people/policy.ts'

import { changePolicyTo, policyQuery } from '../../api/policy.ts'
import { showSaved } from '../../api/show-saved.ts'
import { toast } from '../../ui/toast.ts'

type Switched = { role: LimitedRole; right: ScreenRight; on: boolean }

/** What was chosen and isn't saved, with one more switch; it stays one that the server takes. */
function withSwitch(chosen: PolicyChange, { role, right, on }: Switched): PolicyChange {
  const rights: Partial<ScreenRights> = { ...chosen.screens?.[role], [right]: on }
  if (right === 'see' && !on) Object.assign(rights, { type: false, copy: false })
  if ((right === 'type' || right === 'copy') && on) rights.see = true
  return { ...chosen, screens: { ...chosen.screens, [role]: rights } }
}

export function usePolicySwitches(policy: Policy) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<PolicyChange>({})
  const [last, setLast] = useState<Switched>()
  const change = useMutation({
    // Offline, it says so instead of waiting.
    networkMode: 'always',
    // One after the other, so that the last choice is the one that holds.
    scope: { id: 'policy' },
    mutationFn: (wanted: PolicyChange) => changePolicyTo(wanted),
    onSuccess: (saved) => showSaved(queries, policyQuery.queryKey, saved),
  })
  const [seen, setSeen] = useState(policy)
  if (policy !== seen) {
    setSeen(policy)
    const isSaved = rolesChanged(policy, changePolicy(policy, chosen)).length === 0
    // From here on it is what others choose that counts.
    if (isSaved || (!change.isPending && !change.isError)) setChosen({})
  }
  const send = (wanted: PolicyChange, undo?: PolicyChange) => {
    setChosen(wanted)
    change.mutate(wanted, {
      onSuccess: () => {
        toast({
          kind: 'success',
          id: 'policy',
          title: undo ? t`Rights saved` : t`Rights restored`,
          action: undo && { label: t`Undo`, onSelect: () => send(undo) },
        })
      },
    })
  }
  const shown = changePolicy(policy, chosen)
  return {
    shown,
    error: change.error,
    /** The switch that is being saved. */
    saving: change.isPending ? last : undefined,
    set: (switched: Switched) => {
      setLast(switched)
      const { role } = switched
      send(withSwitch(chosen, switched), { screens: { [role]: shown.screens[role] } })
    },
    retry: () => send(chosen, { screens: policy.screens }),
    discard: () => {
      setChosen({})
      change.reset()
    },
  }
}
