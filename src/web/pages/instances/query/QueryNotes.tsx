/** Says below the search box which parts of a query aren't used, and which find nothing. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react'

import type { GoodTerm, Problem } from '#contract/query/parse.ts'

import { formatList } from '../../../components/format.ts'
import { useAbsentWords, useProblemWords } from './query-words.ts'

const most = 3
export const notesId = 'query-notes'

type QueryNotesProps = {
  text: string
  problems: readonly Problem[]
  absent: readonly GoodTerm[]
  /** What the page's address has and the page doesn't understand. */
  ignored: readonly string[]
}

export function QueryNotes({ text, problems, absent, ignored }: QueryNotesProps) {
  const wordsOf = useProblemWords()
  const absentWords = useAbsentWords()
  const { t } = useLingui()
  const parts = formatList(ignored.slice(0, most).map((part) => t`“${part}”`))
  return (
    <output id={notesId} className="block text-xs">
      {problems.slice(0, most).map((problem) => {
        const { start, end } = problem
        const part = text.slice(start, end)
        return (
          <span key={start} className="mt-1 flex gap-1.5 text-error">
            <OctagonAlert size={14} aria-hidden="true" className="mt-px shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <Trans>
                <bdi translate="no" className="font-medium">
                  {part}
                </bdi>{' '}
                isn’t used.
              </Trans>{' '}
              {wordsOf(problem)}
            </span>
          </span>
        )
      })}
      {ignored.length > 0 && (
        <span className="mt-1 flex gap-1.5 text-warning">
          <TriangleAlert size={14} aria-hidden="true" className="mt-px shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <Trans>Vedette ignored unknown parts of this link: {parts}.</Trans>
          </span>
        </span>
      )}
      {absent.slice(0, most).map((term) => (
        <span key={term.start} className="mt-1 flex gap-1.5 text-muted">
          <Info size={14} aria-hidden="true" className="mt-px shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{absentWords(term)}</span>
        </span>
      ))}
    </output>
  )
}
