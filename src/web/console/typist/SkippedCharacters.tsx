/** Names the characters that can't be typed, and shows where in the text they are. */
import { Plural, useLingui } from '@lingui/react/macro'

import type { Plan } from './plan.ts'
import { pieces, skippedOnce } from './text-notes.ts'

const previewed = 600

export function SkippedCharacters({ plan, text }: { plan: Plan; text: string }) {
  const { t } = useLingui()
  const { skipped } = plan
  if (skipped.length === 0) return null
  const kinds = skippedOnce(skipped)
  const shown = kinds.slice(0, 12)
  return (
    <div className="grid gap-1 text-sm">
      <p className="text-warning">
        <Plural
          value={skipped.length}
          one="# character can’t be typed and will be skipped:"
          other="# characters can’t be typed and will be skipped:"
        />
      </p>
      <p translate="no" className="flex flex-wrap gap-1">
        {shown.map(({ text: character, times }) => (
          <span key={character} className="rounded-sm bg-warning-tint px-1 font-mono">
            {character}
            {times > 1 && <span className="text-muted"> ×{times}</span>}
          </span>
        ))}
        {kinds.length > shown.length && '…'}
      </p>
      <pre
        aria-label={t`Preview`}
        className="ui-scroll max-h-24 overflow-auto rounded-sm bg-sunken p-2 text-xs break-all whitespace-pre-wrap"
      >
        {pieces(text, skipped, previewed).map((piece, at) =>
          piece.out ? (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name
            <mark key={at} className="bg-warning-tint text-warning line-through">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </pre>
    </div>
  )
}
