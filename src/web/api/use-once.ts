import { useMutation } from '@tanstack/react-query'
import { useCallback, useContext, useState } from 'react'

import { problemOf } from './client.ts'
import { KeySlot } from './key-slot.ts'
import { Press, type RequestKey } from './once.ts'

/** What a form or a question sends, and how that goes. */
export type Sending<Variables = void> = {
  mutate: (variables: Variables) => void
  /** Called when the button is pressed: what is sent, also after a countdown, is what was shown then. */
  confirm?: () => void
  isPending: boolean
  /** It was accepted. */
  isSuccess: boolean
  error: Error | null
  /** What was sent last. */
  variables: Variables | undefined
  reset: () => void
  /** Sends it again on purpose; given where the server says that it was sent before. */
  sendAgain: (() => void) | undefined
}

type Options<Variables, Answer> = {
  send: (key: RequestKey, variables: Variables) => Promise<Answer>
  /** The form goes away once it is accepted: after that, nothing more is sent. */
  closes?: boolean
  /** Where something else holds the key. */
  press?: Press | undefined
  onMutate?: () => void
  onSuccess?: (answer: Answer, variables: Variables) => unknown
  onError?: (error: Error, variables: Variables) => unknown
}

/** A mutation that sends once what is pressed once (once.ts). */
export function useOnce<Variables = void, Answer = unknown>({
  send,
  closes = false,
  press: given,
  onMutate,
  onSuccess,
  onError,
}: Options<Variables, Answer>): Sending<Variables> {
  const slot = useContext(KeySlot)
  const [own] = useState(() => given ?? new Press(closes ? { slot, closes } : {}))
  const press = given ?? own
  const mutation = useMutation({
    mutationFn: async (sent: { key: RequestKey; variables: Variables }) => {
      let accepted = false
      try {
        const answer = await send(sent.key, sent.variables)
        accepted = true
        return answer
      } finally {
        press.end(accepted)
      }
    },
    onMutate,
    onSuccess: (answer, { variables }) => onSuccess?.(answer, variables),
    onError: (error, { variables }) => onError?.(error, variables),
  })
  const { mutate: begin, reset, error, isPending, isSuccess, variables: sent } = mutation
  // A countdown depends on it, which must not begin anew with each rendering.
  const mutate = useCallback(
    (variables: Variables) => {
      const key = press.begin(variables)
      if (key) begin({ key, variables })
    },
    [press, begin],
  )
  const wasSent = sent && error && problemOf(error).code === 'already-sent'
  const sendAgain = () => {
    press.renew()
    if (sent) mutate(sent.variables)
  }
  return {
    mutate,
    isPending,
    isSuccess,
    error,
    variables: sent?.variables,
    reset,
    sendAgain: wasSent ? sendAgain : undefined,
  }
}
