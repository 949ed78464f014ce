import { useLingui } from '@lingui/react/macro'

import { useCopyText } from './use-copy-text.ts'

export const copyTextClass =
  'max-w-full truncate rounded-sm font-mono text-xs hover:underline'

/**
 * A text that is copied by pressing it: for long tables, where a button with an icon and a
 * tooltip in every row would double what the browser has to lay out.
 */
export function CopyText({ text, className = '' }: { text: string; className?: string }) {
  const { t } = useLingui()
  const copy = useCopyText()
  return (
    <button
      type="button"
      title={t`Copy`}
      aria-label={t`Copy ${text}`}
      onClick={() => void copy(text)}
      className={`${copyTextClass} ${className}`}
    >
      {text}
    </button>
  )
}
