import { useMutation, type UseMutationResult } from '@tanstack/react-query'

import type { Call } from '#contract/call.ts'

import { sendCall } from '../../api/mutations.ts'

/** One call as a question sends it and shows it as code: both come from the same value. */
export function useCall(
  call: Call,
  onSent: () => void | Promise<void>,
): { mutation: UseMutationResult<unknown, Error, void>; calls: readonly Call[] } {
  const mutation = useMutation({ mutationFn: () => sendCall(call), onSuccess: onSent })
  return { mutation, calls: [call] }
}
