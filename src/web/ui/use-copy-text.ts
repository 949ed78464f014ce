import { useLingui } from '@lingui/react/macro'

import { toast } from './toast.ts'

/** Copies a text and says so, or that the browser didn’t allow it: what is pasted then is older. */
export function useCopyText(): (text: string) => Promise<void> {
  const { t } = useLingui()
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      toast({ kind: 'success', id: 'copied', title: t`${text} copied` })
    } catch {
      // No permission, or a page not served over a safe connection.
      toast({ kind: 'error', id: 'copied', title: t`Your browser blocked copying` })
    }
  }
}
