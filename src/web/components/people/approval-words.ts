import { useLingui } from '@lingui/react/macro'

import type { ApprovalCause } from '#contract/problem.ts'

/** What is to be said of changes that need a second person. */
export function useApprovalCauseWords(): (most: string) => Record<ApprovalCause, string> {
  const { t } = useLingui()
  return (most) => ({
    'needs-second-person': t`A second person has to confirm this. Nothing was sent. Open this question again to ask one.`,
    'no-approval-needed': t`This doesn’t need a second person anymore. Open this question again to send it.`,
    'no-second-person': t`No one else has the rights to confirm this. An admin can invite a person or turn off the second person for this action.`,
    'own-approval': t`You requested this yourself, so another person has to confirm it.`,
    'no-such-approval': t`This request for a second person doesn’t exist.`,
    'approval-over': t`This was already confirmed, declined or withdrawn, or has expired.`,
    'too-many-approvals': t`${most} requests are already waiting for a second person. Withdraw one or wait until one is confirmed or declined.`,
    'bad-approval': t`The request doesn’t describe a change that a second person can confirm.`,
    'asker-may-not': t`Nothing was sent, because the account of the person who asked was disabled or deleted.`,
    'approval-lost': t`Can’t read what was confirmed because the API secret has changed. Nothing was sent.`,
    'one-person-only': t`A second person can’t be required here, because everyone who opens this server is the same person. Turn on sign-in first.`,
  })
}
