/** Shows one entry of the audit log: who did what to what, when, and how it ended. It opens. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { memo, useId, type ReactNode } from 'react'
import { Link } from 'react-router'

import type { AuditEntry } from '#contract/audit/audit.ts'

import {
  formatClockSeconds,
  formatDateTime,
  formatList,
} from '../../../components/format.ts'
import { Unknown } from '../../../components/Unknown.tsx'
import { ZoneName } from '../../../components/ZoneName.tsx'
import { useAuditSubject, type AuditSubject } from './audit-subject.ts'
import { namesOf, useEventWords } from './audit-words.ts'
import { Reason } from './Reason.tsx'
import { ResultBadge } from './ResultBadge.tsx'

function Subject({ subject: { id, name, page } }: { subject: AuditSubject }) {
  const words = name ? (
    <bdi translate="no">{name}</bdi>
  ) : (
    <code className="text-xs break-all text-muted" translate="no">
      {id}
    </code>
  )
  // Above what opens the row.
  return page ? (
    <Link to={page} className="ui-link relative z-1">
      {words}
    </Link>
  ) : (
    words
  )
}

/** The person and where they were; empty where no one asked, as for what is done every night. */
function Who({ by }: Pick<AuditEntry, 'by'>) {
  if (!by) return null
  return (
    <>
      <span className="block truncate" title={by.name}>
        {by.name ? <bdi translate="no">{by.name}</bdi> : <Unknown />}
      </span>
      {by.from && (
        <span className="block truncate text-xs" translate="no">
          {by.from}
        </span>
      )}
    </>
  )
}

/** The first instances of a bulk action. */
function Names({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui()
  const { names, more } = namesOf(entry)
  if (names.length === 0) return null
  const rest = more > 0 ? [t`${plural(more, { one: '# more', other: '# more' })}`] : []
  return (
    <p className="break-words text-muted" translate="no">
      {formatList([...names, ...rest])}
    </p>
  )
}

export type AuditRowProps = {
  entry: AuditEntry
  open: boolean
  onToggle: (entry: string) => void
  /** Off below the entry that it is part of, which says it. */
  withPerson?: boolean
  /** What is shown below it while it is open. */
  children: ReactNode
}

export const AuditRow = memo(function AuditRow({
  entry,
  open,
  onToggle,
  withPerson = true,
  children,
}: AuditRowProps) {
  const { t } = useLingui()
  const wordsOf = useEventWords()
  const subject = useAuditSubject(entry)
  const detailsId = useId()
  const { at, zone, by, result } = entry
  const what = wordsOf(entry)
  const called = subject?.name ?? subject?.id
  const button = (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={open ? detailsId : undefined}
      aria-label={called ? t`${what}: ${called}` : undefined}
      onClick={() => onToggle(entry.entry)}
      className="scroll-mt-12 rounded-sm text-start font-medium after:absolute after:inset-0"
    >
      {what}
    </button>
  )
  return (
    <li className="min-w-0 text-sm">
      <div className="relative flex flex-wrap items-start gap-x-4 gap-y-1 py-2.5 ps-2 pe-4 hover:bg-hover">
        <ChevronRight
          aria-hidden="true"
          size={16}
          className={`mt-0.5 -me-2 shrink-0 text-muted ${open ? 'rotate-90' : 'rtl:rotate-180'}`}
        />
        <time
          dateTime={new Date(at).toISOString()}
          title={formatDateTime(at)}
          className="min-w-16 whitespace-nowrap text-muted tabular-nums"
        >
          {formatClockSeconds(at)}
        </time>
        <div className="w-32">
          <ResultBadge result={result} />
        </div>
        <div className="min-w-0 grow basis-64">
          <p className="break-words">
            {subject ? (
              <Trans>
                {button}: <Subject subject={subject} />
              </Trans>
            ) : (
              button
            )}
          </p>
          <Names entry={entry} />
          <Reason entry={entry} />
        </div>
        <span className="w-40 max-sm:w-auto">{zone && <ZoneName zone={zone} />}</span>
        {withPerson && (
          <span className="w-36 min-w-0 text-muted">
            <Who by={by} />
          </span>
        )}
      </div>
      {open && (
        <div id={detailsId} className="border-t border-border bg-sunken px-4 py-3">
          {children}
        </div>
      )}
    </li>
  )
})
