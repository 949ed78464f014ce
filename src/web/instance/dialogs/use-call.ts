import type { Call, ChangeCall } from '#contract/call.ts'

import { sendCall, type Shown } from '../../api/mutations.ts'
import { useOnce, type Sending } from '../../api/use-once.ts'

/**
 * One call as a question sends it and shows it as code: both come from the same value. `shown` is
 * what the zone had of what it overwrites.
 */
export function useCall(
  call: ChangeCall,
  onSent: () => void | Promise<void>,
  shown?: Shown,
): { mutation: Sending; calls: readonly Call[] } {
  const mutation = useOnce({
    send: (key) => sendCall(call, key, shown),
    closes: true,
    onSuccess: onSent,
  })
  return { mutation, calls: [call] }
}
