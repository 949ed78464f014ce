import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { NavLink, useLocation } from 'react-router'

import { snapshotsQuery, volumesQuery } from '../../../api/queries.ts'
import { tabLinkClass } from '../../../ui/tab-link-class.ts'
import { TabLinks } from '../../../ui/TabLinks.tsx'
import { useInstanceTabs } from './instance-tabs.ts'

export function InstanceTabs({ zone, id }: { zone: string; id: string }) {
  const { t } = useLingui()
  const { pathname } = useLocation()
  const { data = [] } = useQuery(snapshotsQuery(zone))
  const count = data.filter(({ instance }) => instance?.id === id).length
  const { data: volumes = [] } = useQuery(volumesQuery(zone))
  const volumeCount = volumes.filter(({ instance }) => instance?.id === id).length
  const base = `/instances/${zone}/${id}`
  const tabs = useInstanceTabs()
  const counts: Record<string, number> = { '/snapshots': count, '/volumes': volumeCount }
  return (
    <TabLinks label={t`Instance sections`} current={pathname}>
      {tabs.map(([path, label]) => (
        <NavLink key={path} to={base + path} end className={tabLinkClass}>
          {label}
          {counts[path] ? (
            <span className="text-muted tabular-nums">{counts[path]}</span>
          ) : null}
        </NavLink>
      ))}
    </TabLinks>
  )
}
