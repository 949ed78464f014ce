import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'

import type { AuditCheck } from '#contract/audit/audit.ts'

import { formatNumber, formatRelative } from '../../../components/format.ts'
import { useNow } from '../../../hooks/use-now.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { useFaultWords } from './audit-words.ts'

/** Whether the log is as Vedette wrote it, by the last check; nothing before the first one. */
export function CheckLine({ check }: { check: AuditCheck | undefined }) {
  const { t } = useLingui()
  const faultWords = useFaultWords()
  const now = useNow(true, 30_000)
  if (!check) return null
  const { at, rows, partial = false, broken } = check
  const when = formatRelative(at, now)
  if (broken)
    return (
      <Banner kind="error" title={t`The audit log isn’t as Vedette wrote it`}>
        <p>
          {faultWords(broken)} <Trans>Vedette found this {when}.</Trans>
        </p>
        <p>
          <Trans>
            Keep a copy of the database. Then compare the log with an earlier export or with
            your log system to see what is different.
          </Trans>
        </p>
      </Banner>
    )
  if (rows === 0) return null
  const count = formatNumber(rows)
  return (
    <p className="text-sm text-muted">
      {partial
        ? t`${plural(rows, {
            one: `Last checked ${when}: the newest row, unchanged.`,
            other: `Last checked ${when}: the newest ${count} rows, all unchanged.`,
          })}`
        : t`${plural(rows, {
            one: `Last checked ${when}: ${count} row, unchanged.`,
            other: `Last checked ${when}: ${count} rows, all unchanged.`,
          })}`}
    </p>
  )
}
