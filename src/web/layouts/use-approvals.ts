import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Approval } from '#contract/people/approval.ts'

import { approvalsQuery } from '../api/approvals.ts'
import { policyQuery } from '../api/policy.ts'
import { sessionQuery } from '../api/queries.ts'
import { useApprovalState, useApprovalTitle } from '../instance/approvals/approval-words.ts'
import { useFourEyes } from '../stores/four-eyes.ts'
import { useTray } from '../stores/tray.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toast.ts'

/** How long one that is done stays in the tray. */
const doneKeptMs = 60_000

/** What the tray shows: what waits for or on this person, and what became of the own. */
function inTray(all: readonly Approval[], dismissed: readonly string[]): Approval[] {
  const now = Date.now()
  return all.filter((one) => {
    const { id, state, isOwn, answeredAt = 0 } = one
    if (state === 'waiting') return one.expiresAt > now || isOwn
    const isDone = state === 'withdrawn' || one.outcome?.is === 'sent'
    if (!isOwn || dismissed.includes(id)) return false
    return !isDone || answeredAt > now - doneKeptMs
  })
}

/** Says to screen readers, and where the tray is folded in a toast, what is new. */
function useNews(all: readonly Approval[] | undefined): void {
  const { t } = useLingui()
  const titleOf = useApprovalTitle()
  const stateOf = useApprovalState()
  const known = useRef<Map<string, string>>(undefined)
  useEffect(() => {
    if (!all) return
    const before = known.current
    known.current = new Map(
      all.map(({ id, state, outcome }) => [id, state + (outcome?.is ?? '')]),
    )
    if (!before) return
    for (const one of all) {
      const { id, isOwn, mayAnswer } = one
      if (before.get(id) === known.current.get(id)) continue
      const isNews = isOwn ? before.has(id) : one.state === 'waiting' && mayAnswer
      if (!isNews) continue
      const title = titleOf(one)
      const { name } = one.by
      const says = isOwn ? title : t`${name} asks: ${title}`
      const body = stateOf(one, Date.now())
      const { folded, setFolded } = useTray.getState()
      if (!folded) announce(t`${says}. ${body}`)
      else
        toast({
          kind: 'info',
          id,
          title: says,
          body,
          action: {
            label: t({ message: 'Show', context: 'verb' }),
            onSelect: () => setFolded(false),
          },
        })
    }
  }, [all, t, titleOf, stateOf])
}

/** Follows what waits for a second person: the feed says when to read it again. */
export function useApprovals(): void {
  const { data: session } = useQuery(sessionQuery)
  const { data: policy } = useQuery({ ...policyQuery, staleTime: Infinity })
  const needed = policy?.fourEyes
  const isPart = session !== undefined && session.person.role !== 'viewer'
  const { data: all } = useQuery({
    ...approvalsQuery,
    // Also without a list: what was asked before may still wait.
    enabled: isPart,
  })
  const dismissed = useTray((state) => state.dismissed)
  useNews(all)
  useEffect(() => {
    if (needed) useFourEyes.setState({ needed })
  }, [needed])
  useEffect(() => {
    const show = () => useFourEyes.setState({ approvals: inTray(all ?? [], dismissed) })
    show()
    const timer = all?.length ? setInterval(show, 5_000) : undefined
    return () => clearInterval(timer)
  }, [all, dismissed])
}
