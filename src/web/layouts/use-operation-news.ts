import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'

import { onOperationEnd } from '../api/feed.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useOperationWords } from '../components/operation-words.ts'
import { useTray } from '../stores/tray.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toast.ts'

/**
 * Says how operations end: aloud for all, and as a toast for failures while the tray is
 * folded. An open tray shows the failure itself, in the corner where the toast would cover it.
 */
export function useOperationNews(): void {
  const { t } = useLingui()
  const wordsOf = useOperationWords()
  // The feed lives outside React.
  useEffect(
    () =>
      onOperationEnd((operation) => {
        const what = `${wordsOf(operation)} ${operation.subject ?? ''}`.trim()
        const { message } = operation
        if (!hasFailed(operation)) {
          announce(operation.state === 'success' ? t`${what}: done` : t`${what}: finished`)
          return
        }
        announce(t`${what}: failed`)
        const { folded, setFolded } = useTray.getState()
        if (!folded) return
        toast({
          kind: 'error',
          id: operation.id,
          title: t`${what}: failed`,
          ...(message ? { body: message } : {}),
          action: { label: t`Show`, onSelect: () => setFolded(false) },
        })
      }),
    [t, wordsOf],
  )
}
