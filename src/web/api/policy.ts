/** Reads and changes what roles may do (contract/people/policy.ts). */
import { queryOptions } from '@tanstack/react-query'

import type { Policy, PolicyChange } from '#contract/people/policy.ts'

import { request } from './client.ts'

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: () => request<Policy>('GET', '/api/policy'),
})

export const changePolicyTo = (change: PolicyChange) =>
  request<Policy>('PUT', '/api/policy', change)
