import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { ScreenRight } from '#contract/people/policy.ts'

import { sessionQuery } from '../../api/queries.ts'

/** Which right of screens the own role lacks, and who can give it, in one sentence. */
export const rightWords: Record<ScreenRight, MessageDescriptor> = {
  see: msg`Your role can’t see screens. An admin can change this.`,
  type: msg`You can watch, but not type. An admin can change this.`,
  copy: msg`Your role can’t copy text from screens. An admin can change this.`,
  play: msg`Your role can’t see recordings and saved screenshots. An admin can change this.`,
}

/** Which right of screens the person who is signed in lacks; null if they have it. */
export function useRightBlock(): (right: ScreenRight) => string | null {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  // Until the session is known, the server alone decides.
  return (right) => (!session || session.screens[right] ? null : t(rightWords[right]))
}
