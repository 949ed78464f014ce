import { Trans, useLingui } from '@lingui/react/macro'
import { Braces, Download, Sheet } from 'lucide-react'

import { auditExport } from '../../../api/audit.ts'
import { dayOf } from '../../../components/clock/wall-clock.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { queryOf, type AuditView } from './audit-filter.ts'

/** Downloads all that the filters find, also what isn't shown yet; the server streams it. */
export function ExportMenu({ view }: { view: AuditView }) {
  const { t } = useLingui()
  // Read when the menu is open, since most ranges end now.
  const file = (format: 'csv' | 'jsonl', label: string) => {
    const now = Date.now()
    return (
      <a
        href={auditExport(format, queryOf(view, now))}
        download={`audit-${dayOf(now)}.${format}`}
        aria-label={label}
      />
    )
  }
  const csv = t`CSV for spreadsheets`
  const jsonl = t`JSON Lines with hashes`
  return (
    <MenuButton
      caret
      icon={<Download />}
      items={() => [
        {
          label: csv,
          detail: t`One line for each row`,
          icon: <Sheet />,
          render: file('csv', csv),
        },
        {
          label: jsonl,
          detail: t`To check that nothing was changed`,
          icon: <Braces />,
          render: file('jsonl', jsonl),
        },
      ]}
    >
      <Trans>Export</Trans>
    </MenuButton>
  )
}
