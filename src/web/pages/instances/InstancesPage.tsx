import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'

import { zoneCity } from '#contract/zones.ts'

import { useInventory, type Row } from '../../api/inventory.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { NoMatch } from '../../ui/drawings/NoMatch.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { selectRows } from './select-rows.ts'

function InstanceRow({ row, stale }: { row: Row; stale: boolean }) {
  return (
    <tr
      className={`h-row border-b border-border hover:bg-hover ${stale ? 'opacity-60' : ''}`}
    >
      <th scope="row" className="px-3 text-left font-medium">
        <Link className="ui-link" to={`/instances/${row.zone}/${row.id}`}>
          <bdi translate="no">{row.name ?? row.id}</bdi>
        </Link>
      </th>
      <td className="px-3">
        <InstanceState state={row.state} />
      </td>
      <td className="px-3">{zoneCity(row.zone)}</td>
      <td className="px-3 font-mono" translate="no">
        {row['public-ip'] ?? '–'}
      </td>
    </tr>
  )
}

/** Every instance of every zone; what is searched for lives in the address. */
export function InstancesPage() {
  const { t } = useLingui()
  const [search, setSearch] = useSearchParams()
  const { loaded, rows, zones } = useInventory()
  const text = search.get('q') ?? ''
  const shown = useMemo(() => selectRows(rows.values(), text), [rows, text])
  const down = new Set(
    zones.filter(({ status }) => status === 'down').map(({ zone }) => zone),
  )
  return (
    <>
      <title>{t`Instances · Vedette`}</title>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="grow text-xl font-semibold">
          <Trans>Instances</Trans>
        </h1>
        <input
          type="search"
          aria-label={t`Search instances`}
          placeholder={t`Search`}
          value={text}
          onChange={({ target }) => {
            setSearch(target.value ? { q: target.value } : {}, { replace: true })
          }}
          className="h-control w-64 rounded-md border border-control bg-surface px-3"
        />
      </div>
      <div className="overflow-x-auto rounded-lg border border-border bg-surface">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid of links */}
        <table role="grid" aria-label={t`Instances`} className="w-full text-sm">
          <thead className="text-left text-xs text-muted">
            <tr className="h-row border-b border-border">
              {[t`Name`, t`State`, t`Zone`, t`Address`].map((name) => (
                <th key={name} scope="col" className="px-3 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <InstanceRow
                key={`${row.zone}/${row.id}`}
                row={row}
                stale={down.has(row.zone)}
              />
            ))}
          </tbody>
        </table>
        {!loaded && <Skeleton className="m-3 h-40" />}
        {loaded && shown.length === 0 && (
          <EmptyState drawing={<NoMatch />} title={t`No instance matches`} />
        )}
      </div>
    </>
  )
}
