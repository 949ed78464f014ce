import { useRef } from 'react'

import type { Call, ChangeCall } from '#contract/call.ts'

import { sendCall, type Shown } from '../../api/mutations.ts'
import { useOnce, type Sending } from '../../api/use-once.ts'

/**
 * One call as a question sends it and shows it as code: both come from the same value, as it is when
 * the button is pressed. `shown` is what the zone had of what it overwrites.
 */
export function useCall(
  call: ChangeCall,
  onSent: () => void | Promise<void>,
  shown?: Shown,
): { mutation: Sending; calls: readonly Call[] } {
  const confirmed = useRef({ call, shown })
  const mutation = useOnce({
    send: (key) => sendCall(confirmed.current.call, key, confirmed.current.shown),
    closes: true,
    onSuccess: onSent,
  })
  const confirm = () => {
    confirmed.current = { call, shown }
  }
  return { mutation: { ...mutation, confirm }, calls: [call] }
}
