import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { NavLink, useLocation } from 'react-router'

import { snapshotsQuery, volumesQuery } from '../../../api/queries.ts'
import { tabLinkClass } from '../../../ui/tab-link-class.ts'
import { TabLinks } from '../../../ui/TabLinks.tsx'

export function InstanceTabs({ zone, id }: { zone: string; id: string }) {
  const { t } = useLingui()
  const { pathname } = useLocation()
  const { data = [] } = useQuery(snapshotsQuery(zone))
  const count = data.filter(({ instance }) => instance?.id === id).length
  const { data: volumes = [] } = useQuery(volumesQuery(zone))
  const volumeCount = volumes.filter(({ instance }) => instance?.id === id).length
  const base = `/instances/${zone}/${id}`
  const tabs: [path: string, label: string, count?: number][] = [
    ['', t`Overview`],
    ['/snapshots', t`Snapshots`, count],
    ['/volumes', t`Volumes`, volumeCount],
    ['/network', t`Network`],
    ['/activity', t`Activity`],
    ['/settings', t`Settings`],
    ['/data', t`JSON`],
  ]
  return (
    <TabLinks label={t`Instance sections`} current={pathname}>
      {tabs.map(([path, label, number]) => (
        <NavLink key={path} to={base + path} end className={tabLinkClass}>
          {label}
          {number ? <span className="text-muted tabular-nums">{number}</span> : null}
        </NavLink>
      ))}
    </TabLinks>
  )
}
