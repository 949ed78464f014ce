import { useLingui } from '@lingui/react/macro'

import type { ScreenRight } from '#contract/people/policy.ts'
import type { PeopleCause, SignOnCause } from '#contract/problem.ts'

import { rightWords } from './right-words.ts'

type Values = {
  least: string
  most: string
  when: string
  provider: string
  city: string
  label: string
  right: ScreenRight
}

/** What is to be said of people, their sign-in and their passwords. */
export function usePeopleCauseWords(): (values: Values) => Record<PeopleCause, string> {
  const { t } = useLingui()
  return ({ least, most, when, provider, city, label, right }) => ({
    'signed-out': t`Sign in to continue.`,
    'session-ended': t`Your session has ended. Sign in again to continue.`,
    'sign-in-failed': t`The name or the password is wrong, or the account is disabled.`,
    'too-many-attempts': t`Too many attempts. You can try again at ${when}.`,
    'no-such-invitation': t`The link isn’t valid anymore. Each link works once and for a limited time.`,
    'password-too-short': t`Use at least ${least} characters.`,
    'password-too-long': t`Use at most ${most} characters.`,
    'password-guessable': t`The password is easy to guess. Don’t repeat a word, and don’t use a sequence or your name.`,
    'wrong-password': t`The current password is wrong.`,
    'bad-person-name': t`Enter a name of 1 to ${most} characters.`,
    'name-taken': t`Someone else has this name. Enter a different name.`,
    'no-such-person': t`The person isn’t on the list anymore.`,
    'last-admin': t`No one else could manage accounts then. Give another person the admin role first.`,
    'no-people': t`This server has no accounts.`,
    'from-provider': t`The name, role and password come from ${provider}. You can’t change them in Vedette.`,
    'bad-area': t`A person can be limited to zones of this server and to at most ${most} labels, each with a key and a value. Admins can’t be limited.`,
    'zone-not-yours': t`Your account is limited to other zones than ${city}. An admin can change that.`,
    'not-narrowed-only': t`Your account is limited to some zones or instances, and this would also affect others. An admin can change that.`,
    'labels-narrow': t`Your account is limited to instances with ${label}, so the instance must have and keep this. An admin can change that.`,
    'bad-policy': t`The request doesn’t describe valid rights of roles.`,
    'needs-right': t(rightWords[right]),
    'last-local-admin': t`No one could manage accounts while ${provider} isn’t responding. Invite another admin with a password first.`,
  })
}

/** Why someone else wasn’t let in who came from the identity provider, for those who read the audit log. */
export function useSignOnCauseWords(): (provider: string) => Record<SignOnCause, string> {
  const { t } = useLingui()
  return (provider) => ({
    'provider-unreachable': t`${provider} didn’t respond.`,
    'provider-failed': t`Vedette couldn’t use the response from ${provider}. The server’s log has the reason.`,
    'provider-rejected': t`${provider} didn’t sign the person in.`,
    'provider-keeps-session': t`${provider} may not have ended its own session.`,
    'sign-on-expired': t`The sign-in took longer than 10 minutes, was already used, or began in another browser.`,
    'wrong-nonce': t`The response from ${provider} belongs to another sign-in.`,
    'wrong-issuer': t`The response didn’t come from ${provider}.`,
    'no-groups': t`${provider} didn’t send the person’s groups.`,
    'no-group-with-role': t`None of the person’s groups in ${provider} has a role in Vedette.`,
    'account-disabled': t`The account is disabled.`,
  })
}
