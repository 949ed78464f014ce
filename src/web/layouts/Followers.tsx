import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'

import { approvalIn, useCloseApproval } from '../instance/approvals/approval-address.ts'
import { useApprovals } from './use-approvals.ts'
import { useOperationNews } from './use-operation-news.ts'

const ApprovalDialog = lazy(async () => ({
  default: (await import('../instance/approvals/ApprovalDialog.tsx')).ApprovalDialog,
}))

/**
 * What follows the operations and what waits for a second person without being seen, and the dialog of an approval in the
 * address; loaded after the page.
 */
export function Followers() {
  useOperationNews()
  useApprovals()
  const [search] = useSearchParams()
  const close = useCloseApproval()
  const id = approvalIn(search)
  if (!id) return null
  return (
    <Suspense>
      <ApprovalDialog key={id} id={id} onClose={close} />
    </Suspense>
  )
}
