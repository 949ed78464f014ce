import type { Instance } from '#contract/types.ts'

import {
  defaultValues,
  fieldOrder,
  type Address,
  type CreateField,
  type CreateValues,
} from './values.ts'

const addresses: Address[] = ['inet4', 'dual', 'none']

const ids = (list: readonly { id?: string }[] = []) => list.flatMap(({ id }) => id ?? [])

/** The next name: `web-02` after `web-01`, and `-2` after a name without a number. */
export function nextName(name: string): string {
  const found = /^(.*?)(\d+)$/.exec(name)
  if (!found) return name ? `${name}-2` : ''
  const [, stem = '', digits = ''] = found
  return `${stem}${String(Number(digits) + 1).padStart(digits.length, '0')}`
}

/**
 * What isn't known of an instance, so that the form has its usual value: get-instance returns these of each instance,
 * also where there is none (docs/platform.md#get-instance). It leaves out the deploy target and the user data of an
 * instance that has none.
 */
export function unknownOf(instance: Partial<Instance>): CreateField[] {
  const told: Partial<Record<CreateField, unknown>> = {
    template: instance.template?.id,
    type: instance['instance-type']?.id,
    disk: instance['disk-size'],
    keys: instance['ssh-keys'] ?? instance['ssh-key'],
    address: addresses.find((one) => one === instance['public-ip-assignment']),
    securityGroups: instance['security-groups'],
    privateNetworks: instance['private-networks'],
    antiAffinityGroups: instance['anti-affinity-groups'],
    labels: instance.labels,
    consistentSnapshots: instance['application-consistent-snapshot-enabled'],
    secureBoot: instance['secureboot-enabled'],
    tpm: instance['tpm-enabled'],
  }
  return fieldOrder.filter((field) => field in told && told[field] === undefined)
}

/** The form's values for an instance like another, as far as Exoscale still returns them. */
export function valuesLike(
  zone: string,
  instance: Partial<Instance>,
  userData = '',
): CreateValues {
  const keys = instance['ssh-keys'] ?? (instance['ssh-key'] ? [instance['ssh-key']] : [])
  return {
    ...defaultValues,
    zone,
    name: nextName(instance.name ?? ''),
    template: instance.template?.id ?? '',
    type: instance['instance-type']?.id ?? '',
    disk: instance['disk-size'] ?? defaultValues.disk,
    keys: keys.flatMap(({ name }) => name ?? []),
    address: addresses.find((one) => one === instance['public-ip-assignment']) ?? 'inet4',
    securityGroups: ids(instance['security-groups']),
    // IP addresses aren't copied: the new instance gets others, and no elastic IP.
    privateNetworks: ids(instance['private-networks']).map((id) => ({ id, ip: '' })),
    antiAffinityGroups: ids(instance['anti-affinity-groups']),
    deployTarget: instance['deploy-target']?.id ?? '',
    userData,
    labels: Object.entries(instance.labels ?? {}).map(([key, value]) => ({ key, value })),
    secureBoot: instance['secureboot-enabled'] ?? false,
    tpm: instance['tpm-enabled'] ?? false,
    consistentSnapshots: instance['application-consistent-snapshot-enabled'] ?? null,
  }
}
