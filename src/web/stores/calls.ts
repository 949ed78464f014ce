/**
 * Stores the calls to zones since this tab was opened, for "Copy what I did". They are only in memory;
 * the copied text has placeholders for secrets (contract/same-as/same-as.ts).
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
