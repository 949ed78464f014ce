/** Shows everything that the audit log says of one entry, without its parts. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { AuditEntry } from '#contract/audit/audit.ts'

import { formatDateTime, formatElapsed, formatNumber } from '../../../components/format.ts'
import { useBrowserWords } from '../../../components/people/browser-words.ts'
import { useRoleNames } from '../../../components/people/role-words.ts'
import { Unknown } from '../../../components/Unknown.tsx'
import { ZoneName } from '../../../components/ZoneName.tsx'
import { auditOf } from '../../../instance/audit-address.ts'
import { CopyText } from '../../../ui/CopyText.tsx'
import { KeyValue, Pair } from '../../../ui/KeyValue.tsx'
import { useAuditSubject } from './audit-subject.ts'
import { AuditChanged } from './AuditChanged.tsx'
import { Reason } from './Reason.tsx'
import { ResultBadge } from './ResultBadge.tsx'

/** An id that is copied by pressing it; nothing where there is none. */
function Id({ label, id }: { label: string; id: string | undefined }) {
  if (!id) return null
  return (
    <Pair label={label}>
      <CopyText text={id} />
    </Pair>
  )
}

/** Who did it: how they were signed in, and where. */
function ActorFacts({ by }: Pick<AuditEntry, 'by'>) {
  const { t } = useLingui()
  const roleNames = useRoleNames()
  const browserWords = useBrowserWords()
  if (!by)
    return (
      <Pair label={t`Person`}>
        <Trans>Vedette, automatically</Trans>
      </Pair>
    )
  const { name, role, session, from, browser } = by
  return (
    <>
      <Pair label={t`Person`}>{name ? <bdi translate="no">{name}</bdi> : <Unknown />}</Pair>
      {role && <Pair label={t`Role`}>{roleNames[role]}</Pair>}
      <Id label={t`IP address`} id={from} />
      {browser && (
        <Pair label={t`Browser`}>
          {browserWords(browser)}
          <span className="block text-xs break-words text-muted" translate="no">
            {browser}
          </span>
        </Pair>
      )}
      <Id label={t`Session`} id={session} />
    </>
  )
}

function SubjectFacts({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui()
  const subject = useAuditSubject(entry)
  if (!subject) return null
  const { id, name, page, isInstance } = subject
  const called = name && <bdi translate="no">{name}</bdi>
  return (
    <>
      {called && (
        <Pair label={isInstance ? t`Instance` : t`Name`}>
          {page ? (
            <Link to={page} className="ui-link">
              {called}
            </Link>
          ) : (
            called
          )}
        </Pair>
      )}
      {id && (
        <Pair label={t`ID`}>
          <span className="flex flex-wrap items-baseline gap-x-3">
            <CopyText text={id} />
            <Link to={auditOf(id)} className="ui-link">
              {isInstance ? (
                <Trans>Only this instance</Trans>
              ) : (
                <Trans>Only entries about this</Trans>
              )}
            </Link>
          </span>
        </Pair>
      )}
    </>
  )
}

function Facts({ children }: { children: ReactNode }) {
  return <KeyValue className="content-start">{children}</KeyValue>
}

export function AuditFacts({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui()
  const { at, endedAt, ms, zone, by, result, status } = entry
  return (
    <div className="grid gap-4">
      <div className="grid gap-x-8 gap-y-2 lg:grid-cols-2">
        <Facts>
          <Pair label={t`Result`}>
            <ResultBadge result={result} />
            <Reason entry={entry} />
            {(result === 'unknown' || result === 'timed-out') && (
              <p className="text-muted">
                <Trans>Vedette doesn’t know whether this was done.</Trans>
              </p>
            )}
          </Pair>
          <Pair label={t`Began`}>{formatDateTime(at)}</Pair>
          {endedAt !== undefined && <Pair label={t`Ended`}>{formatDateTime(endedAt)}</Pair>}
          {ms !== undefined && (
            <Pair label={t`Duration`}>
              {ms < 1_000 ? t`Less than 1 s` : formatElapsed(ms)}
            </Pair>
          )}
          {status !== undefined && (
            <Pair label={t`HTTP status`}>
              <span className="tabular-nums">{status}</span>
            </Pair>
          )}
          {zone && (
            <Pair label={t`Zone`}>
              <ZoneName zone={zone} />
            </Pair>
          )}
          <SubjectFacts entry={entry} />
        </Facts>
        <Facts>
          <ActorFacts by={by} />
          <Id label={t`Event`} id={entry.event} />
          <Id label={t`Operation ID`} id={entry.operationId} />
          <Id label={t`Request ID`} id={entry.requestId} />
          <Id label={t`Entry ID`} id={entry.entry} />
          <Pair label={t`Row`}>
            <span className="tabular-nums">{formatNumber(entry.seq)}</span>
          </Pair>
        </Facts>
      </div>
      <AuditChanged entry={entry} />
    </div>
  )
}
