/** Reads and replaces the world of the sandbox (contract/sandbox/scenario.ts). */
import { queryOptions } from '@tanstack/react-query'

import type { BootState, SandboxState, ScenarioId } from '#contract/sandbox/scenario.ts'

import { request } from './client.ts'

/** How often a goal or a disk is looked at while someone works on it. */
const lookMs = 1_500

export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: () => request<SandboxState>('GET', '/api/sandbox'),
  // Without a scenario there is no goal to wait for.
  refetchInterval: ({ state }) =>
    state.data?.scenario && !state.data.scenario.reached ? lookMs : false,
})

export const bootQuery = ({ zone, id }: { zone: string; id: string }) =>
  queryOptions({
    queryKey: ['sandbox', 'boot', zone, id],
    queryFn: () => request<{ boot: BootState }>('GET', `/api/sandbox/boot/${zone}/${id}`),
    refetchInterval: lookMs,
  })

/** Replaces the world; null for the demo's own. */
export const loadWorld = (scenario: ScenarioId | null) =>
  request<SandboxState>('PUT', '/api/sandbox/world', { scenario })
