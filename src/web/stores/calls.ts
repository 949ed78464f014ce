/**
 * Stores what this tab has asked of zones since it was opened, for "Copy session as commands": calls,
 * and chains and jobs, whose calls the server makes later or never. It is only in memory; the copied
 * text has placeholders for secrets (contract/same-as/same-as.ts).
 */
import { create } from 'zustand'

import type { Call } from '#contract/call.ts'

export type MadeCall = Call & { at: number }
/** A chain that was begun here; `userData` is the secret that its creation has besides its body. */
export type MadeChain = { id: string; userData?: string | undefined }
/** A job, of which `since` (epoch ms) what was asked is this tab's. */
export type MadeJob = { id: string; since: number }

export type Made = { calls: MadeCall[]; chains: MadeChain[]; jobs: MadeJob[] }

export const useCalls = create<Made>()(() => ({ calls: [], chains: [], jobs: [] }))

export function rememberCall(call: Call): void {
  const at = Date.now()
  useCalls.setState(({ calls }) => ({ calls: [...calls, { ...call, at }] }))
}

export function rememberChains(...made: MadeChain[]): void {
  useCalls.setState(({ chains }) => ({ chains: [...chains, ...made] }))
}

/** Of a job that was begun here, all of it counts, also what is retried. */
export function rememberOwnJob(id: string, since: number): void {
  useCalls.setState(({ jobs }) =>
    jobs.some((job) => job.id === id) ? {} : { jobs: [...jobs, { id, since }] },
  )
}
