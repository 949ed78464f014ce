import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { Call, Naming } from '#contract/call.ts'
import { sameAsAll, type Style } from '#contract/same-as/same-as.ts'

import { Code } from '../ui/Code.tsx'
import { useNoteWords } from './same-as-words.ts'

/** Shows how to make the calls without Vedette; updates while the person types. */
export function SameAs({
  calls,
  naming = {},
}: {
  calls: readonly Call[]
  naming?: Naming
}) {
  const { t } = useLingui()
  const noteWords = useNoteWords()
  const [style, setStyle] = useState<Style>('exo')
  const [open, setOpen] = useState(false)
  const styles: [Style, string][] = [
    ['exo', t`exo command`],
    ['request', t`API request`],
    ['terraform', 'Terraform'],
  ]
  return (
    <details
      className="text-sm"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
        <Trans>Show as code</Trans>
      </summary>
      {open && (
        <div className="mt-2 grid min-w-0 gap-2">
          <fieldset aria-label={t`Show as code`} className="flex flex-wrap gap-1">
            {styles.map(([one, label]) => (
              <button
                key={one}
                type="button"
                aria-pressed={style === one}
                onClick={() => setStyle(one)}
                className="h-7 rounded-md border border-transparent px-2 text-xs text-muted hover:bg-hover aria-pressed:border-control aria-pressed:text-text pointer-coarse:h-11"
              >
                {label}
              </button>
            ))}
          </fieldset>
          <Code block copy copyLabel={t`Copy code`}>
            {sameAsAll(style, calls, naming, noteWords)}
          </Code>
        </div>
      )}
    </details>
  )
}
