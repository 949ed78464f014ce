import { useLingui } from '@lingui/react/macro'

import { problemOf } from '../api/client.ts'
import { sendOnce, type Press, type RequestKey } from '../api/once.ts'
import { toast } from '../ui/toast.ts'
import { ProblemText } from './ProblemText.tsx'

type Sent = {
  title: string
  press: Press
  /** What is sent, so that another thing isn't taken for a second press on the same. */
  what?: unknown
  send: (key: RequestKey) => Promise<unknown>
}

/** Sends what has no form of its own, and tells of a failure in a toast. */
export function useSend(): (sent: Sent) => void {
  const { t } = useLingui()
  return function begin(sent) {
    const { title, press, what, send } = sent
    const again = () => {
      press.renew()
      begin(sent)
    }
    sendOnce(press, what, send).catch((error: unknown) => {
      const problem = problemOf(error)
      toast({
        kind: 'error',
        title,
        body: <ProblemText problems={[problem]} />,
        ...(problem.code === 'already-sent'
          ? { action: { label: t`Send again`, onSelect: again } }
          : {}),
      })
    })
  }
}
