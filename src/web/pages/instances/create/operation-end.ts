import type { FollowedOperation } from '#contract/operation.ts'

import { onOperationEnd } from '../../../api/feed.ts'

type Subscribe = (listener: (operation: FollowedOperation) => void) => () => void

/**
 * Listens for the ends of operations, for code that continues after one. Start listening before the
 * request, because the operation may end before the response is read. It belongs to no page, so that
 * leaving the page doesn't stop it.
 */
export function watchOperations(subscribe: Subscribe = onOperationEnd) {
  const ended = new Map<string, FollowedOperation>()
  let wake = () => {}
  const stop = subscribe((operation) => {
    ended.set(operation.id, operation)
    wake()
  })

  /** How it ended, or undefined when there was no news of it within the limit. */
  function end(id: string, limitMs: number): Promise<FollowedOperation | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(ended.get(id)), limitMs)
      wake = () => {
        const operation = ended.get(id)
        if (!operation) return
        clearTimeout(timer)
        resolve(operation)
      }
      wake()
    })
  }
  return { end, stop }
}
