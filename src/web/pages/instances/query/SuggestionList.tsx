/** The suggestions below the search box: a listbox that the input controls. */
import { Trans, useLingui } from '@lingui/react/macro'

import type { FlagName } from '#contract/query/fields.ts'

import { formatNumber } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { Kbd } from '../../../ui/Kbd.tsx'
import { useFieldWords, useFlagWords } from './query-words.ts'
import type { Option } from './suggest.ts'

/** The input names it (ListToolbar.tsx). */
const listId = 'query-suggestions'
export const optionId = (index: number) => `${listId}-${index}`

type SuggestionListProps = {
  options: readonly Option[]
  active: number
  /** The known zones by what a suggestion calls them. */
  zoneOf: (value: string) => string | undefined
  onTake: (option: Option) => void
}

export function SuggestionList({ options, active, zoneOf, onTake }: SuggestionListProps) {
  const { t } = useLingui()
  const fields = useFieldWords()
  const flags = useFlagWords()
  const explain = ({ isField, about: { field, value = '' } }: Option) => {
    if (isField) return fields[field]
    // The values of `is` are the flags.
    if (field === 'is') return flags[value as FlagName]
    return field === 'zone' ? zoneCity(zoneOf(value) ?? value) : undefined
  }
  return (
    <div className="absolute start-0 top-control z-30 mt-1 w-120 max-sm:w-[calc(100vw-2rem)] rounded-lg bg-surface p-1 text-sm text-text shadow-float forced-colors:border">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- neither tag shows explanations */}
      <div role="listbox" id={listId} aria-label={t`Suggestions`}>
        {options.map((option, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input has the keys
          <div
            key={option.text}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
            role="option"
            id={optionId(index)}
            aria-selected={index === active}
            // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the focus stays in the input
            tabIndex={-1}
            // The input keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(option)}
            className="flex min-h-8 cursor-default items-center gap-3 rounded-md px-2 hover:bg-hover aria-selected:bg-selected pointer-coarse:min-h-11 forced-colors:aria-selected:outline-2"
          >
            <bdi translate="no" className="max-w-3/5 shrink-0 truncate font-mono text-xs">
              {option.text}
            </bdi>
            <span className="min-w-0 grow truncate text-muted">{explain(option)}</span>
            {option.count !== undefined && (
              <span className="text-muted tabular-nums">{formatNumber(option.count)}</span>
            )}
          </div>
        ))}
      </div>
      <div
        aria-hidden="true"
        className="-mx-1 mt-1 -mb-1 flex flex-wrap gap-x-4 gap-y-1 border-t border-border px-3 py-1.5 text-xs whitespace-nowrap text-muted max-sm:hidden pointer-coarse:hidden"
      >
        <span>
          <Trans>
            <Kbd>↵</Kbd> Add
          </Trans>
        </span>
        <span>
          <Trans>
            <Kbd>-</Kbd> Exclude
          </Trans>
        </span>
        <span>
          <Trans>
            <Kbd>|</Kbd> Or
          </Trans>
        </span>
        <span className="ms-auto">
          <Trans>
            <Kbd>Esc</Kbd> Close
          </Trans>
        </span>
      </div>
    </div>
  )
}
