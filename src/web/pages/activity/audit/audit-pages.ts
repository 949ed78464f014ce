/** Joins the newest page of the audit log, which is read again all the time, with the older ones. */
import type { InfiniteData } from '@tanstack/react-query'

import { AUDIT_PAGE, type AuditPage } from '#contract/audit/audit.ts'

export type AuditPages = InfiniteData<AuditPage, number | undefined>

/**
 * The pages with what the newest one says now. If so much is new that some of it is on neither, the older
 * pages are forgotten.
 */
export function withNewest({ pages }: AuditPages, newest: AuditPage): AuditPages {
  const all = pages.flatMap(({ entries }) => entries)
  const oldest = newest.entries.at(-1)?.seq
  const isApart = oldest !== undefined && newest.more && (all[0]?.seq ?? 0) < oldest
  const older =
    oldest === undefined || !newest.more || isApart
      ? []
      : all.filter(({ seq }) => seq < oldest)
  const entries = [...newest.entries, ...older]
  const more = older.length > 0 ? (pages.at(-1)?.more ?? false) : newest.more
  const joined: AuditPages = { pages: [], pageParams: [] }
  for (let at = 0; at === 0 || at < entries.length; at += AUDIT_PAGE) {
    const isLast = at + AUDIT_PAGE >= entries.length
    const some = entries.slice(at, at + AUDIT_PAGE)
    joined.pages.push({ ...newest, entries: some, more: isLast ? more : true })
    joined.pageParams.push(at === 0 ? undefined : entries[at - 1]?.seq)
  }
  return joined
}
