/** Reads the audit log, which only admins may (contract/audit/audit.ts). */
import type { AuditPage } from '#contract/audit/audit.ts'

import { request } from './client.ts'

export const readAudit = (query: URLSearchParams, signal?: AbortSignal) =>
  request<AuditPage>('GET', `/api/audit?${query}`, undefined, { signal })

/** The address of a file with all that a filter finds. */
export const auditExport = (format: 'csv' | 'jsonl', query: URLSearchParams) =>
  `/api/audit/export?${new URLSearchParams([['format', format], ...query])}`
