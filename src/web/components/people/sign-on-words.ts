import { useLingui } from '@lingui/react/macro'

import type { ProviderWay } from '#contract/people/people.ts'
import type { SignOnProblem } from '#contract/people/sign-on.ts'

/** Why someone who came back from the identity provider isn't signed in, in one or two sentences. */
export function useSignOnWords(): (problem: SignOnProblem, way: ProviderWay) => string {
  const { t } = useLingui()
  return (problem, { name: provider, claim }) => {
    const words: Record<SignOnProblem, string> = {
      'provider-unreachable': t`Can’t connect to ${provider}. Try again later, or sign in with a password.`,
      'provider-failed': t`Vedette can’t use the response from ${provider}. Your administrator can find the reason in the server’s log.`,
      'provider-rejected': t`${provider} didn’t sign you in. Try again.`,
      'provider-keeps-session': t`You’re signed out of Vedette. Vedette couldn’t sign you out of ${provider}, so you may still be signed in there.`,
      'sign-on-expired': t`The sign-in took longer than 10 minutes or was already used. Try again.`,
      'wrong-nonce': t`The response from ${provider} belongs to another sign-in, so Vedette rejected it. Try again.`,
      'wrong-issuer': t`The response didn’t come from ${provider}, so Vedette rejected it. If this happens again, ask your administrator.`,
      'no-groups': t`You have no role in Vedette, because ${provider} didn’t send your groups (claim: ${claim}). Ask your administrator.`,
      'no-group-with-role': t`None of your groups in ${provider} has a role in Vedette (claim: ${claim}). Ask your administrator for a role.`,
      'account-disabled': t`Your account is disabled. An admin of Vedette can enable it.`,
      'store-unavailable': t`Vedette can’t reach its database at the moment. Try again soon.`,
      internal: t`Vedette had an internal error. Try again.`,
    }
    return words[problem]
  }
}
