/** Changes what roles may do and what needs a second person: each switch is sent at once, and one that wasn't saved stays as it was chosen. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import {
  changePolicy,
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

/**
 * What is chosen and how it is saved: at once, each switch alone. What isn't saved stays chosen, until the policy is as
 * it was chosen or it is discarded.
 */
export function usePolicyChoice(policy: Policy) {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<PolicyChange>({})
  const change = useMutation({
    // Offline, it says so instead of waiting.
    networkMode: 'always',
    // One after the other, so that the last choice is the one that holds.
    scope: { id: 'policy' },
    mutationFn: (wanted: PolicyChange) => changePolicyTo(wanted),
    onSuccess: (saved) => showSaved(queries, policyQuery.queryKey, saved),
  })
  const shown = changePolicy(policy, chosen)
  // The saved policy is rendered a moment after the save has ended: until then the choice is what is shown.
  const [seen, setSeen] = useState(policy)
  if (policy !== seen) {
    setSeen(policy)
    const isSaved = JSON.stringify(shown) === JSON.stringify(changePolicy(policy, {}))
    // From here on it is what others choose that counts.
    if (isSaved || (!change.isPending && !change.isError)) setChosen({})
  }
  return {
    shown,
    chosen,
    error: change.error,
    isSaving: change.isPending,
    save: (wanted: PolicyChange, onSaved: () => void) => {
      setChosen(wanted)
      change.mutate(wanted, { onSuccess: onSaved })
    },
    discard: () => {
      setChosen({})
      change.reset()
    },
  }
}

/** The switches of what roles may do with screens. */
export function usePolicySwitches(policy: Policy) {
  const { t } = useLingui()
  const { shown, chosen, error, isSaving, save, discard } = usePolicyChoice(policy)
  const [last, setLast] = useState<Switched>()
  const send = (wanted: PolicyChange, undo?: PolicyChange) =>
    save(wanted, () => {
      toast({
        kind: 'success',
        id: 'policy',
        title: undo ? t`Rights saved` : t`Rights restored`,
        action: undo && { label: t`Undo`, onSelect: () => send(undo) },
      })
    })
  return {
    shown,
    error,
    /** The switch that is being saved. */
    saving: isSaving ? last : undefined,
    set: (switched: Switched) => {
      setLast(switched)
      const { role } = switched
      send(withSwitch(chosen, switched), { screens: { [role]: shown.screens[role] } })
    },
    again: () => send(chosen, { screens: policy.screens }),
    discard,
  }
}
