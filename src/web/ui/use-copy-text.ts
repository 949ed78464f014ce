import { useLingui } from '@lingui/react/macro'

import { announce } from './announce.ts'
import { toast } from './toast.ts'

/** Copies a text and says so, or that the browser didn’t allow it. */
export function useCopyText(): (text: string) => Promise<void> {
  const { t } = useLingui()
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text)
      toast({ kind: 'success', id: 'copied', title: t`${text} copied` })
    } catch {
      announce(t`Your browser blocked copying`, 'assertive')
    }
  }
}
