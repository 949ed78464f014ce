/** Shows one instance: its header is always there, and the tabs below it are routes of their own. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation, useParams } from 'react-router'

import { rowKey, rowOf, useInventory } from '../../api/inventory.ts'
import { instanceQuery } from '../../api/queries.ts'
import { useInstanceRow } from '../../api/use-instance-row.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { InstanceDialogs } from '../../instance/dialogs/InstanceDialogs.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CreationNotice } from './CreationNotice.tsx'
import type { InstanceContext } from './detail/instance-context.ts'
import { useInstanceTabs } from './detail/instance-tabs.ts'
import { InstanceHeader } from './detail/InstanceHeader.tsx'
import { InstanceMissing } from './detail/InstanceMissing.tsx'
import { InstanceTabs } from './detail/InstanceTabs.tsx'

function Loading() {
  const { t } = useLingui()
  return (
    <output aria-label={t`Loading instance`} className="grid gap-4">
      <Skeleton className="h-8 w-72" />
      <Skeleton className="h-9 w-full" />
      <div className="grid gap-4 md:grid-cols-2">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-40" />
        ))}
      </div>
    </output>
  )
}

function PageOf({ zone, id }: { zone: string; id: string }) {
  const { t } = useLingui()
  const { pathname } = useLocation()
  const tabs = useInstanceTabs()
  const loaded = useInventory((state) => state.loaded)
  const known = useInstanceRow(zone, id)
  const query = useQuery(instanceQuery(zone, id))
  const { data, error, isPending } = query
  // The feed doesn't list a new instance at once; get-instance returns it.
  const row = known ?? (error || !data ? undefined : rowOf(zone, data))
  if (!row) {
    if (!loaded || isPending) return <Loading />
    return <InstanceMissing zone={zone} id={id} last={data} error={error} />
  }
  const name = row.name ?? id
  const [path, tab] = tabs.findLast(([end]) => pathname.endsWith(end)) ?? ['', '']
  const context: InstanceContext = { row, detail: data, isReading: isPending, name }
  return (
    <>
      <title>{path ? t`${name} · ${tab} · Vedette` : t`${name} · Vedette`}</title>
      <InstanceHeader row={row} name={name} />
      <CreationNotice zone={zone} id={id} />
      <InstanceTabs zone={zone} id={id} />
      {!data && (
        <ReadProblem query={query} title={t`Couldn’t read all details of ${name}`} />
      )}
      <Outlet context={context} />
      <InstanceDialogs page={row} />
    </>
  )
}

export function InstancePage() {
  const { zone = '', id = '' } = useParams()
  // The router keeps a page whose parameters change: what is typed, revealed or sent belongs to one instance.
  return <PageOf key={rowKey(zone, id)} zone={zone} id={id} />
}
