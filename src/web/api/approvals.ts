/** Reads and answers what others ask for (contract/people/approval.ts). */
import { queryOptions } from '@tanstack/react-query'

import type { Approval, ApprovalAnswer, ApprovalDetail } from '#contract/people/approval.ts'

import { request } from './client.ts'

const path = (id: string, rest = '') => `/api/approvals/${encodeURIComponent(id)}${rest}`

/** One's own, and those that one may answer. */
export const approvalsQuery = queryOptions({
  queryKey: ['approvals'],
  queryFn: () => request<Approval[]>('GET', '/api/approvals'),
  staleTime: Infinity,
})

/** One of them, while it waits with what is to be sent. */
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', id],
    queryFn: () => request<ApprovalDetail>('GET', path(id)),
    staleTime: Infinity,
  })

export const confirmApproval = (id: string) =>
  request<Approval>('POST', path(id, '/confirm'))
export const declineApproval = (id: string, answer: ApprovalAnswer) =>
  request<Approval>('POST', path(id, '/decline'), answer)
export const withdrawApproval = (id: string) =>
  request<Approval>('POST', path(id, '/withdraw'))
