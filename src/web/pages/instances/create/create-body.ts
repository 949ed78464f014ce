import type { CreateInstance, Template } from '#contract/types.ts'

import { encodeUserData } from '../user-data.ts'
import type { CreateValues } from './values.ts'

const references = (ids: string[]) => ids.map((id) => ({ id }))

function labelMap(rows: CreateValues['labels']): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ key }) => key.trim()).map(({ key, value }) => [key.trim(), value]),
  )
}

/**
 * What is asked of the zone. A member is sent only where something was chosen, so that the
 * platform's defaults stay the platform's; what the template can't do is left out, whatever
 * was chosen while another template was.
 */
export function createBody(
  values: CreateValues,
  template: Template | undefined,
): CreateInstance {
  const name = values.name.trim()
  const labels = labelMap(values.labels)
  const uefi = template?.['boot-mode'] === 'uefi'
  const consistent = template?.['application-consistent-snapshot-enabled']
    ? values.consistentSnapshots
    : null
  return {
    'disk-size': values.disk,
    'instance-type': { id: values.type },
    template: { id: values.template },
    'public-ip-assignment': values.address,
    ...(name && { name }),
    ...(values.keys.length > 0 && {
      'ssh-keys': values.keys.map((key) => ({ name: key })),
    }),
    ...(values.securityGroups.length > 0 && {
      'security-groups': references(values.securityGroups),
    }),
    ...(values.antiAffinityGroups.length > 0 && {
      'anti-affinity-groups': references(values.antiAffinityGroups),
    }),
    ...(values.deployTarget && { 'deploy-target': { id: values.deployTarget } }),
    ...(values.userData.trim() && { 'user-data': encodeUserData(values.userData) }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(!values.start && { 'auto-start': false }),
    ...(uefi && values.secureBoot && { 'secureboot-enabled': true }),
    ...(uefi && values.tpm && { 'tpm-enabled': true }),
    ...(consistent !== null && { 'application-consistent-snapshot-enabled': consistent }),
  }
}
