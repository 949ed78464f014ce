import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { typeName } from '#contract/limits.ts'
import type { Labels, Trace } from '#contract/trace.ts'

import {
  elasticIpsQuery,
  privateNetworksQuery,
  securityGroupsQuery,
  typesQuery,
  volumesQuery,
} from '../../../../api/queries.ts'
/** Shows a change as a difference: `env: dev → prod`. */
import { formatGib } from '../../../../components/format.ts'

/** One line for each label that differs. */
function labelLines(before: Labels | undefined, after: Labels): string[] {
  if (!before) return Object.entries(after).map(([key, value]) => `${key}: ${value}`)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return keys.flatMap((key) => {
    const [old, next] = [before[key], after[key]]
    if (old === next) return []
    if (old === undefined) return [`+ ${key}: ${next}`]
    return [next === undefined ? `− ${key}: ${old}` : `${key}: ${old} → ${next}`]
  })
}

function SizeNames({
  zone,
  before,
  after,
}: {
  zone: string
  before: string
  after: string
}) {
  const { data: types = [] } = useQuery(typesQuery(zone))
  const nameOf = (id: string) => {
    const type = types.find((one) => one.id === id)
    return type ? typeName(type) : '…'
  }
  return before ? `${nameOf(before)} → ${nameOf(after)}` : `→ ${nameOf(after)}`
}

/** The name of what the instance was attached to, or its id if it was deleted. */
function PartName({ zone, endpoint, id }: { zone: string; endpoint: string; id: string }) {
  const isGroup = endpoint.endsWith('security-group')
  const isAddress = endpoint.endsWith('elastic-ip')
  const groups = useQuery({ ...securityGroupsQuery(zone), enabled: isGroup })
  const addresses = useQuery({ ...elasticIpsQuery(zone), enabled: isAddress })
  const networks = useQuery({
    ...privateNetworksQuery(zone),
    enabled: !isGroup && !isAddress,
  })
  if (isAddress) return addresses.data?.find((one) => one.id === id)?.ip ?? id
  const named = isGroup ? groups.data : networks.data
  return named?.find((one) => one.id === id)?.name ?? id
}

function VolumeName({ zone, id }: { zone: string; id: string }) {
  const { data = [] } = useQuery(volumesQuery(zone))
  return data.find((one) => one.id === id)?.name ?? id
}

export function TraceLines({
  zone,
  endpoint,
  trace,
}: {
  zone: string
  endpoint: string
  trace: Trace
}) {
  const { t } = useLingui()
  const { name, labels, type, diskGib, addresses, consistent, rescue, part, volumeId } =
    trace
  const lines = [
    name && (name.before === undefined ? name.after : `${name.before} → ${name.after}`),
    ...(labels ? labelLines(labels.before, labels.after) : []),
    diskGib && `${diskGib.before ?? '…'} → ${formatGib(diskGib.after)}`,
    addresses && `${addresses.before ?? '…'} → ${addresses.after}`,
    consistent &&
      (consistent.after
        ? t`Application-consistent snapshots turned on`
        : t`Application-consistent snapshots turned off`),
    rescue && t`Rescue profile: ${rescue}`,
    part?.ip,
  ].filter((line) => line !== undefined && line !== '')
  if (lines.length === 0 && !type && !part && !volumeId) return null
  return (
    <ul className="font-mono text-xs break-all text-muted" translate="no">
      {type && (
        <li>
          <SizeNames zone={zone} before={type.before ?? ''} after={type.after} />
        </li>
      )}
      {part && (
        <li>
          <PartName zone={zone} endpoint={endpoint} id={part.id} />
        </li>
      )}
      {volumeId && (
        <li>
          <VolumeName zone={zone} id={volumeId} />
        </li>
      )}
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
