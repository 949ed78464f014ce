import { seriesNames, type CreateOrder } from '#contract/create.ts'
import type { CreateInstance, Template } from '#contract/types.ts'

import { encodeUserData } from '../user-data/encoding.ts'
import type { CreateValues } from './values.ts'

const references = (ids: string[]) => ids.map((id) => ({ id }))

function labelMap(rows: CreateValues['labels']): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ key }) => key.trim()).map(({ key, value }) => [key.trim(), value]),
  )
}

/**
 * The body of create-instance. A member is only sent if something was chosen, so that Exoscale's
 * defaults apply. Choices that the template doesn't support are left out; they may come from another
 * template. `userData` is the packed text; without it, the plain text is sent.
 */
export function createBody(
  values: CreateValues,
  template: Template | undefined,
  userData = encodeUserData(values.userData),
): CreateInstance {
  const name = values.name.trim()
  const labels = labelMap(values.labels)
  const uefi = template !== undefined && template['boot-mode'] !== 'legacy'
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
    ...(values.userData.trim() && { 'user-data': userData }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(!values.start && { 'auto-start': false }),
    ...(uefi && values.secureBoot && { 'secureboot-enabled': true }),
    ...(uefi && values.tpm && { 'tpm-enabled': true }),
    ...(consistent !== null && { 'application-consistent-snapshot-enabled': consistent }),
  }
}

/**
 * The whole request: one instance or several, and what follows when they exist. Values that only one
 * instance can have are left out for several, although the form keeps them.
 */
export function createOrder(
  values: CreateValues,
  template: Template | undefined,
  userData?: string,
): CreateOrder {
  const body = createBody(values, template, userData)
  const several = values.count > 1
  const reverseDns = values.reverseDns.trim()
  return {
    body,
    ...(several ? { names: seriesNames(values.name.trim(), values.count) } : {}),
    ...(values.privateNetworks.length > 0 && {
      privateNetworks: values.privateNetworks.map(({ id, ip }) => ({
        id,
        ...(ip.trim() && !several ? { ip: ip.trim() } : {}),
      })),
    }),
    ...(values.elasticIps.length > 0 && { elasticIps: values.elasticIps }),
    ...(reverseDns && !several && values.address !== 'none' && { reverseDns }),
    ...(values.protect && { protect: true }),
  }
}
