/** Lists entries of the audit log under the days on which they began. */
import { useLingui } from '@lingui/react/macro'
import { useCallback, useState } from 'react'

import type { AuditEntry } from '#contract/audit/audit.ts'

import { useNow } from '../../../hooks/use-now.ts'
import { daysOf, recentDay, type AuditDay } from './audit-days.ts'
import { AuditFacts } from './AuditFacts.tsx'
import { AuditParts } from './AuditParts.tsx'
import { AuditRow } from './AuditRow.tsx'
import { formatDay } from './format-day.ts'
import { toggled } from './toggled.ts'

const minuteMs = 60_000

/** A day's heading, which stays in sight while its entries are. */
function DayHeading({ at, now }: { at: number; now: number }) {
  const { t } = useLingui()
  const date = formatDay(at)
  const recent = recentDay(at, now)
  return (
    <h2 className="sticky top-0 z-2 flex flex-wrap items-baseline gap-x-2 bg-bg py-1.5 text-sm font-semibold">
      {recent ? (
        <>
          {recent === 'today' ? t`Today` : t`Yesterday`}{' '}
          <span className="font-normal text-muted">{date}</span>
        </>
      ) : (
        date
      )}
    </h2>
  )
}

function Details({ entry }: { entry: AuditEntry }) {
  return (
    <div className="grid gap-4">
      <AuditFacts entry={entry} />
      {entry.parts > 0 && <AuditParts entry={entry} />}
    </div>
  )
}

type DayProps = {
  day: AuditDay
  now: number
  opened: ReadonlySet<string>
  onToggle: (entry: string) => void
}

function Day({ day: { at, entries }, now, opened, onToggle }: DayProps) {
  const date = formatDay(at)
  return (
    <section aria-label={date}>
      <DayHeading at={at} now={now} />
      <ul
        aria-label={date}
        className="divide-y divide-border overflow-clip rounded-lg border border-border bg-surface"
      >
        {entries.map((entry) => {
          const isOpen = opened.has(entry.entry)
          return (
            <AuditRow key={entry.entry} entry={entry} open={isOpen} onToggle={onToggle}>
              {isOpen && <Details entry={entry} />}
            </AuditRow>
          )
        })}
      </ul>
    </section>
  )
}

export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  const now = useNow(true, minuteMs)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (entry: string) => setOpened((before) => toggled(before, entry)),
    [],
  )
  return (
    <div className="grid gap-3">
      {daysOf(entries).map((day) => (
        <Day key={day.key} day={day} now={now} opened={opened} onToggle={toggle} />
      ))}
    </div>
  )
}
