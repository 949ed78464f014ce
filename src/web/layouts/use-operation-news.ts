import { useLingui } from '@lingui/react/macro'
import { useCallback, useEffect } from 'react'

import { onOperationEnd } from '../api/feed.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useOperationWords } from '../components/operation-words.ts'
import { useTray } from '../stores/tray.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toast.ts'

/** An operation and its outcome as one text, with the resource if it is known. */
function useOutcomeWords() {
  const { t } = useLingui()
  return useCallback(
    (operation: string, name: string | undefined) => ({
      done: name ? t`${operation}: ${name} (done)` : t`${operation} (done)`,
      unknown: name
        ? t`${operation}: ${name} (outcome unknown)`
        : t`${operation} (outcome unknown)`,
      failed: name ? t`${operation}: ${name} (failed)` : t`${operation} (failed)`,
    }),
    [t],
  )
}

/**
 * Announces how operations end to screen readers, and shows failures as toasts while the tray
 * is collapsed. An open tray shows the failure itself, in the corner that a toast would cover.
 */
export function useOperationNews(): void {
  const { t } = useLingui()
  const wordsOf = useOperationWords()
  const outcomeOf = useOutcomeWords()
  // The feed lives outside React.
  useEffect(
    () =>
      onOperationEnd((operation) => {
        const { message, state, jobId } = operation
        // What a job sends is told with the job.
        if (jobId) return
        const says = outcomeOf(wordsOf(operation), operation.subject)
        if (!hasFailed(operation)) {
          announce(says[state === 'success' ? 'done' : 'unknown'])
          return
        }
        announce(says.failed)
        const { folded, setFolded } = useTray.getState()
        if (!folded) return
        toast({
          kind: 'error',
          id: operation.id,
          title: says.failed,
          ...(message ? { body: message } : {}),
          action: {
            label: t({ message: 'Show', context: 'verb' }),
            onSelect: () => setFolded(false),
          },
        })
      }),
    [t, wordsOf, outcomeOf],
  )
}
