/** Saves or copies the rows that the list shows. */
import { plural } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'
import { Braces, Copy, Sheet } from 'lucide-react'

import type { Row } from '../../../api/inventory.ts'
import { dayOf } from '../../../components/clock/wall-clock.ts'
import { useFavorites } from '../../../stores/favorites.ts'
import { Button } from '../../../ui/Button.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { toast } from '../../../ui/toast.ts'
import type { Names } from '../list/select-rows.ts'
import { addressesOf, csvOf, jsonOf } from './export-rows.ts'

type ExportPanelProps = {
  rows: readonly Row[]
  names: Names
  /** Which rows the list shows can't be known before the favorites are read. */
  isUnknown: boolean
}

export function ExportPanel({ rows, names, isUnknown }: ExportPanelProps) {
  const { t } = useLingui()
  const favorites = useFavorites(({ keys }) => keys)
  const count = rows.length
  const addresses = addressesOf(rows)
  const copied = addresses.length
  const save = (type: string, extension: string, text: string) => {
    const day = dayOf(Date.now())
    saveFile(`instances-${day}.${extension}`, new Blob([text], { type }))
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(addresses.join('\n'))
      toast({
        kind: 'success',
        title: t`${plural(copied, { one: '# IP address copied', other: '# IP addresses copied' })}`,
      })
    } catch {
      // No permission, or a page not served over a safe connection.
      toast({ kind: 'error', title: t`Your browser blocked copying` })
    }
  }
  const missing = isUnknown
    ? t`Your favorites haven’t loaded. Vedette keeps trying.`
    : undefined
  const none = missing ?? (count === 0 ? t`No instance is shown.` : undefined)
  return (
    <div className="grid gap-2">
      <p className="text-xs text-muted">
        {missing ?? (
          <Plural
            value={count}
            one="# instance, as the list shows it"
            other="# instances, as the list shows them"
          />
        )}
      </p>
      <Button
        icon={<Sheet />}
        disabledReason={none}
        onClick={() => save('text/csv;charset=utf-8', 'csv', csvOf(rows, names, favorites))}
      >{t`Save as CSV`}</Button>
      <Button
        icon={<Braces />}
        disabledReason={none}
        onClick={() => save('application/json', 'json', jsonOf(rows, names, favorites))}
      >{t`Save as JSON`}</Button>
      <Button
        icon={<Copy />}
        disabledReason={
          none ?? (copied === 0 ? t`No instance shown has a public IP address.` : undefined)
        }
        onClick={() => void copy()}
      >{t`Copy IP addresses`}</Button>
    </div>
  )
}
