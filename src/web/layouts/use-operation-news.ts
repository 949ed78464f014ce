import { useLingui } from '@lingui/react/macro'
import { createElement, useCallback, useEffect, useRef } from 'react'

import type { FollowedOperation } from '#contract/operation.ts'

import { onOperationEnd } from '../api/feed.ts'
import { useInventory } from '../api/inventory.ts'
import { hasFailed } from '../components/operation-outcome.ts'
import { useEndpointWords, useOperationWords } from '../components/operation-words.ts'
import { useCauseWords } from '../components/problem-words.ts'
import { useTray } from '../stores/tray.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toast.ts'
import { chainFailed } from './tray-operations.ts'

/** An operation with its resource, if that is known: `Start: web-01`. */
export function useTitleOf() {
  const { t } = useLingui()
  return useCallback(
    (operation: string, name: string | undefined) =>
      name ? t`${operation}: ${name}` : operation,
    [t],
  )
}

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
      'timed-out': name
        ? t`${operation}: ${name} (timed out)`
        : t`${operation} (timed out)`,
    }),
    [t],
  )
}

type Ended = Pick<FollowedOperation, 'cause' | 'message' | 'reason'>

/** Why something failed: Vedette's words, or Exoscale's, which are English in every language, or that there are none. */
export function useReasonOf() {
  const { t } = useLingui()
  const causeWords = useCauseWords()
  // Read when something ends; a new function each time would subscribe anew.
  const words = useRef(causeWords)
  useEffect(() => {
    words.current = causeWords
  })
  return useCallback(
    ({ cause, message, reason }: Ended): { text: string; isQuoted?: true } => {
      const own = cause && words.current(cause)
      const said = message || reason
      if (own) return { text: own }
      return said
        ? { text: said, isQuoted: true }
        : { text: t`Exoscale didn’t give a reason.` }
    },
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
  const reasonOf = useReasonOf()
  // The feed lives outside React.
  useEffect(
    () =>
      onOperationEnd((operation) => {
        const { state, jobId } = operation
        // What a job sends is told with the job.
        if (jobId) return
        const says = outcomeOf(wordsOf(operation), operation.subject)
        if (!hasFailed(operation)) {
          announce(says[state === 'success' ? 'done' : 'unknown'])
          return
        }
        const { folded, setFolded } = useTray.getState()
        const failed = says[state === 'timeout' ? 'timed-out' : 'failed']
        const { text: why, isQuoted } = reasonOf(operation)
        if (!folded) {
          announce(t`${failed}: ${why}`, 'assertive')
          return
        }
        toast({
          kind: 'error',
          id: operation.id,
          title: failed,
          body: isQuoted
            ? createElement('span', { lang: 'en', translate: 'no' }, why)
            : why,
          action: {
            label: t({ message: 'Show', context: 'verb' }),
            onSelect: () => setFolded(false),
          },
        })
      }),
    [t, wordsOf, outcomeOf, reasonOf],
  )

  // Of a step that was refused there is no operation that could end.
  const endpointWords = useEndpointWords()
  useEffect(
    () =>
      useInventory.subscribe((now, before) => {
        if (now.chains === before.chains) return
        for (const chain of now.chains) {
          const was = before.chains.find(({ id }) => id === chain.id)
          if (was?.state !== 'running' || !chainFailed(chain)) continue
          const step = chain.steps.find((one) => one.state === 'failure')
          if (!step || step.operationId) continue
          const { failed } = outcomeOf(endpointWords(chain.endpoint), chain.subject)
          const { text: why } = reasonOf(step)
          announce(t`${failed}: ${why}`, 'assertive')
        }
      }),
    [t, endpointWords, outcomeOf, reasonOf],
  )
}
