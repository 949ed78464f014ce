/**
 * What this tab's person asked of the zones since it was opened, for "Copy what I did". Kept in
 * memory alone; secrets are placeholders as soon as it is written out (contract/same-as.ts).
 */
import { create } from 'zustand'

import type { Call } from '#contract/call.ts'

type MadeCall = Call & { at: number }

export const useCalls = create<{ calls: MadeCall[] }>()(() => ({ calls: [] }))

export function rememberCalls(...calls: Call[]): void {
  const at = Date.now()
  useCalls.setState((state) => ({
    calls: [...state.calls, ...calls.map((call) => ({ ...call, at }))],
  }))
}
