/**
 * Shows a query as chips while its text isn't being edited. They lie on the input, which keeps the
 * text: selecting a chip edits its part, and what is between the chips is the input.
 */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'

import { isBad, isGood, type Clause, type Span } from '#contract/query/parse.ts'
import { printClause } from '#contract/query/print.ts'

import { useLabelColors, type LabelColors } from '../../../stores/label-colors.ts'

type ChipsProps = {
  clauses: readonly Clause[]
  onEdit: (part: Span) => void
  onRemove: (index: number) => void
}

/** Whether a clause is more than a free word. */
const isFilter = ({ terms }: Clause) =>
  terms.some((term) => isBad(term) || term.not || term.field !== 'text') || terms.length > 1

export const hasFilters = (clauses: readonly Clause[]) => clauses.some(isFilter)

/** The color of the label that a clause looks for, if it is one label and no other. */
function hueOf({ terms: [term, ...others] }: Clause, colors: LabelColors) {
  if (!term || !isGood(term) || term.not || others.length > 0) return undefined
  const [value = '', ...more] = term.values
  const isLabel = term.field === 'label' || term.field === 'whole'
  return isLabel && more.length === 0 ? colors[value] : undefined
}

export function Chips({ clauses, onEdit, onRemove }: ChipsProps) {
  const { t } = useLingui()
  const { colors } = useLabelColors()
  return (
    <fieldset
      aria-label={t`Filters`}
      className="pointer-events-none absolute start-8 end-10 top-px flex min-w-0 h-[calc(var(--control-height)-2px)] items-center gap-1 overflow-x-auto bg-surface [scrollbar-width:none]"
    >
      {clauses.map((clause, index) => {
        const text = printClause(clause)
        const bad = clause.terms.some(isBad)
        const look = bad ? 'bg-error-tint text-error' : 'bg-selected text-text'
        return (
          <span
            // By place, so that the focus stays where a chip was removed.
            // oxlint-disable-next-line react/no-array-index-key -- a chip has no other identity
            key={index}
            data-hue={hueOf(clause, colors)}
            className={`pointer-events-auto flex h-6 max-w-72 shrink-0 items-center rounded-sm text-xs forced-colors:border ${look}`}
          >
            <button
              type="button"
              title={text}
              className="h-6 min-w-0 truncate rounded-sm ps-2 pe-0.5 text-start"
              onClick={() => onEdit(clause)}
            >
              <bdi
                translate="no"
                className={bad ? 'underline decoration-wavy underline-offset-2' : ''}
              >
                {text}
              </bdi>
            </button>
            <button
              type="button"
              aria-label={t`Remove ${text}`}
              data-chip={index}
              className="flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-hover"
              onClick={() => onRemove(index)}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </span>
        )
      })}
    </fieldset>
  )
}
