/** What the pages know of changes that need a second person; `use-approvals.ts` fills it, after the page. */
import { create } from 'zustand'

import type { EndpointId } from '#contract/endpoints.ts'
import type { Approval } from '#contract/people/approval.ts'

type FourEyes = {
  /** Operations that need a second person. */
  needed: readonly EndpointId[]
  /** What the tray shows. */
  approvals: readonly Approval[]
}

export const useFourEyes = create<FourEyes>(() => ({ needed: [], approvals: [] }))

/** Whether one of these operations needs a second person, as far as the page knows. */
export const needsSecond = (...endpoints: readonly EndpointId[]): boolean =>
  endpoints.some((id) => useFourEyes.getState().needed.includes(id))

/** What stands for the answer of a change that waits for a second person now. */
export type Waiting = { waits: Approval }
