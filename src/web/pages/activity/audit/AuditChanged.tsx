/** Lists what an entry of the audit log says was changed: each value, or from what to what. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'

import type { AuditEntry } from '#contract/audit/audit.ts'
import { isEndpointId } from '#contract/endpoints.ts'
import { typeName } from '#contract/limits.ts'

import { typesQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { useEndpointWords } from '../../../components/operation-words.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { changedLines, userDataIn, type ChangedLine } from './changed-lines.ts'
import { useKeyWords, useValueWords } from './changed-words.ts'

const sizeKeys = ['type', 'instance-type']

/** What ids and operations are called, as far as that is known. */
function useNames({ zone = '', changed = {} }: AuditEntry) {
  const hasSize = sizeKeys.some((key) => Object.hasOwn(changed, key))
  const { data: types } = useQuery({
    ...typesQuery(zone),
    enabled: hasSize && zone !== '',
  })
  const endpointWords = useEndpointWords()
  return (text: string) => {
    const type = types?.find(({ id }) => id === text)
    if (type) return typeName(type)
    return isEndpointId(text) ? endpointWords(text) : undefined
  }
}

function UserData({ sha256, length }: { sha256: string; length: number }) {
  const { t } = useLingui()
  const count = formatNumber(length)
  return (
    <>
      <p>{t`${plural(length, {
        one: `${count} character as sent. The content isn’t stored.`,
        other: `${count} characters as sent. The content isn’t stored.`,
      })}`}</p>
      <p className="text-muted">
        <Trans>
          SHA-256: <code translate="no">{sha256}</code>
        </Trans>
      </p>
    </>
  )
}

function Line({
  line: { key, before, after, isDifference },
  entry,
}: {
  line: ChangedLine
  entry: AuditEntry
}) {
  const valueWords = useValueWords(useNames(entry))
  const userData = key === 'user-data' ? userDataIn(after) : undefined
  if (userData) return <UserData {...userData} />
  const now = <bdi translate="no">{valueWords(after, key)}</bdi>
  if (!isDifference) return now
  return (
    <>
      <bdi translate="no">{valueWords(before, key)}</bdi>
      <span aria-hidden="true" className="text-muted rtl:inline-block rtl:-scale-x-100">
        {' → '}
      </span>
      <VisuallyHidden>
        <Trans context="from one value to another">to</Trans>
      </VisuallyHidden>{' '}
      {now}
    </>
  )
}

export function AuditChanged({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui()
  const wordsOf = useKeyWords()
  const lines = changedLines(entry.changed ?? {})
  if (lines.length === 0) return null
  return (
    <section className="grid gap-1">
      <h3 className="text-sm font-medium">
        <Trans>Details</Trans>
      </h3>
      <dl
        aria-label={t`Details`}
        className="grid grid-cols-[minmax(7rem,max-content)_minmax(0,1fr)] gap-x-6 gap-y-1 text-sm max-sm:grid-cols-1"
      >
        {lines.map((line) => (
          <Fragment key={line.key}>
            <dt className="break-all text-muted">
              {wordsOf(line.key) ?? (
                <code className="text-xs" translate="no">
                  {line.key}
                </code>
              )}
            </dt>
            <dd className="min-w-0 break-words max-sm:mb-1">
              <Line line={line} entry={entry} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}
