/** Lists the steps of a change, or what a bulk action did with each instance. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { AuditEntry } from '#contract/audit/audit.ts'

import { formatNumber } from '../../../components/format.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { jobActionOf } from './audit-words.ts'
import { AuditFacts } from './AuditFacts.tsx'
import { AuditRow } from './AuditRow.tsx'
import { toggled } from './toggled.ts'
import { useAuditParts } from './use-audit.ts'

export function AuditParts({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const {
    parts,
    problem,
    isPending,
    isReading,
    readAgain,
    hasMore,
    isReadingMore,
    readMore,
  } = useAuditParts(entry)
  const count = formatNumber(entry.parts)
  const title = jobActionOf(entry.event) ? t`Requests (${count})` : t`Steps (${count})`
  const toggle = (id: string) => setOpened((before) => toggled(before, id))
  return (
    <section className="grid gap-1">
      <h3 className="text-sm font-medium">{title}</h3>
      {problem && (
        <ProblemNotice
          problem={problem}
          title={t`Can’t load the audit log`}
          action={
            <Button size="sm" pending={isReading} onClick={readAgain}>
              <Trans>Retry</Trans>
            </Button>
          }
        />
      )}
      {isPending && <Skeleton className="h-11" />}
      {parts.length > 0 && (
        <ol
          aria-label={title}
          className="divide-y divide-border rounded-md border border-border bg-surface"
        >
          {parts.map((part) => (
            <AuditRow
              key={part.entry}
              entry={part}
              open={opened.has(part.entry)}
              onToggle={toggle}
              withPerson={part.by?.name !== entry.by?.name}
            >
              {opened.has(part.entry) && <AuditFacts entry={part} />}
            </AuditRow>
          ))}
        </ol>
      )}
      {hasMore && (
        <Button
          size="sm"
          className="justify-self-center"
          pending={isReadingMore}
          onClick={readMore}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </section>
  )
}
