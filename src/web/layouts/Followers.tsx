import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useSearchParams } from 'react-router'

import { followTimeZone } from '../api/choose-time-zone.ts'
import { followPreferences } from '../api/follow-preferences.ts'
import { watchOverdue } from '../api/overdue.ts'
import { sessionQuery } from '../api/queries.ts'
import { viewsQuery } from '../api/views.ts'
import { approvalIn, useCloseApproval } from '../instance/approvals/approval-address.ts'
import { followLanguage } from '../stores/language.ts'
import { Coming } from '../ui/Coming.tsx'
import { Contained } from '../ui/Contained.tsx'
import { loadToasts } from '../ui/Toasts.tsx'
import { FollowMarks } from './FollowMarks.tsx'
import { useNotices } from './notices/use-notices.ts'
import { PaletteKeys } from './palette/PaletteKeys.tsx'
import { PrintFoot } from './PrintFoot.tsx'
import { useApprovals } from './use-approvals.ts'
import { useOperationNews } from './use-operation-news.ts'
import { useThemeColor } from './use-theme-color.ts'

const ApprovalDialog = lazy(async () => ({
  default: (await import('../instance/approvals/ApprovalDialog.tsx')).ApprovalDialog,
}))

const SandboxPlace = lazy(async () => ({
  default: (await import('./sandbox/SandboxPlace.tsx')).SandboxPlace,
}))

/** Where something can be shown above the page, once it is there. */
function useAbovePage(): Element | null {
  return useSyncExternalStore(
    () => () => undefined,
    () => document.querySelector('#above-page'),
  )
}

/**
 * What listens to keys and follows the operations, the person's choices and what waits for a second person without being
 * seen, the foot of a print, and the dialog of an approval in the address; loaded after the page.
 */
export function Followers() {
  const { data: session } = useQuery(sessionQuery)
  // Without accounts, all who use the server are one person.
  const person = session?.signIn === 'local' ? session.person.id : undefined
  // So that the list opens with the default view at once.
  useQuery({ ...viewsQuery, enabled: session !== undefined })
  useOperationNews()
  useApprovals()
  useThemeColor()
  useNotices(session?.person.name)
  useEffect(watchOverdue, [])
  // The page may come from a cache that knows nothing of languages.
  useEffect(() => void followLanguage(), [])
  useEffect(followTimeZone, [])
  useEffect(() => void loadToasts().catch(() => undefined), [])
  useEffect(() => (person ? followPreferences(person) : undefined), [person])
  const above = useAbovePage()
  const [search] = useSearchParams()
  const close = useCloseApproval()
  const id = approvalIn(search)
  return (
    <>
      <FollowMarks key={person ?? ''} />
      <PaletteKeys />
      <PrintFoot />
      {session?.sandbox && above && (
        <Contained instead={null}>
          <Suspense>{createPortal(<SandboxPlace />, above)}</Suspense>
        </Contained>
      )}
      {id && (
        <Contained instead={null} about={id}>
          <Coming>
            <ApprovalDialog key={id} id={id} onClose={close} />
          </Coming>
        </Contained>
      )}
    </>
  )
}
