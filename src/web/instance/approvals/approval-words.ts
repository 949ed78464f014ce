import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

import { isOpen, type Approval, type ApprovalOutcome } from '#contract/people/approval.ts'

import { formatClock, formatList } from '../../components/format.ts'
import { useEndpointWords } from '../../components/operation-words.ts'
import { useProblemWords } from '../../components/problem-words.ts'
import { useJobTitle } from '../jobs/job-words.ts'

/** What is asked for, as a title: `Delete instance: web-01`, or `Delete 3 instances`. */
export function useApprovalTitle(): (
  approval: Pick<Approval, 'what' | 'names' | 'count'>,
) => string {
  const { t } = useLingui()
  const endpointWords = useEndpointWords()
  const jobTitle = useJobTitle()
  return ({ what, names, count }) => {
    if ('action' in what) return jobTitle(what.action, count)
    const action = endpointWords(what.endpoint)
    const name = formatList(names)
    return t`${action}: ${name}`
  }
}

/** The first names of many, and how many more there are. */
export function useNamesWords(): (approval: Pick<Approval, 'names' | 'count'>) => string {
  const { t } = useLingui()
  return ({ names, count }) => {
    const known = formatList(names)
    const more = count - names.length
    return more > 0
      ? t`${plural(more, { one: `${known} and # more`, other: `${known} and # more` })}`
      : known
  }
}

function useOutcomeWords(): (outcome: ApprovalOutcome) => string {
  const { t } = useLingui()
  const problemWords = useProblemWords()
  return (outcome) => {
    switch (outcome.is) {
      case 'sent':
        return t`Vedette sent it.`
      case 'refused': {
        const why = problemWords(outcome.problem)
        return t`Nothing was done. ${why}`
      }
      case 'not-sent':
        return t`Nothing was sent, because the Vedette server stopped. Ask again if you still want this.`
      case 'unknown':
        return t`The result is unknown. Check before you ask again.`
    }
  }
}

/** How an approval stands, in one or two sentences. */
export function useApprovalState(): (approval: Approval, now: number) => string {
  const { t } = useLingui()
  const outcomeWords = useOutcomeWords()
  return (approval, now) => {
    const { state, reason, outcome, isOwn } = approval
    const until = formatClock(approval.expiresAt)
    const other = approval.answeredBy?.name ?? ''
    switch (state) {
      case 'waiting':
        if (!isOpen(approval, now)) return t`Expired. Nothing was sent.`
        return isOwn
          ? t`Waiting for a second person until ${until}`
          : t`Confirm by ${until}`
      case 'confirmed': {
        if (!outcome) return t`${other} confirmed it. Vedette is sending it.`
        const result = outcomeWords(outcome)
        return t`${other} confirmed it. ${result}`
      }
      case 'declined':
        return reason
          ? t`${other} declined it: ${reason}`
          : t`${other} declined it. Nothing was sent.`
      case 'expired':
        return t`Expired. Nothing was sent.`
      case 'withdrawn':
        return t`Withdrawn. Nothing was sent.`
    }
  }
}

/** Whether one that is over has to be read: what was asked for wasn't done, or may not have been. */
export const isBad = ({ state, outcome }: Approval): boolean =>
  state === 'declined' ||
  state === 'expired' ||
  (state === 'confirmed' && outcome !== undefined && outcome.is !== 'sent')
