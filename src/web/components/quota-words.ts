import { useLingui } from '@lingui/react/macro'

import { formatBytes, formatGib, formatNumber } from './format.ts'

/** How an amount of a resource is written; those not named here are plain counts. */
const units: Record<string, (amount: number) => string> = {
  memory: formatBytes,
  'block-storage': formatGib,
  'block-storage-max-size': formatGib,
}

/** The name of what a limit is for, and how its amounts are written. */
export function useQuotaWords(): (resource: string) => {
  name: string
  format: (amount: number) => string
} {
  const { t } = useLingui()
  const words: Record<string, string> = {
    instance: t`Instances`,
    snapshot: t`Snapshots`,
    template: t`Templates`,
    memory: t`Memory`,
    'security-group': t`Security groups`,
    'anti-affinity-group': t`Anti-affinity groups`,
    gpu: t`GPUs (all models)`,
    'elastic-ip': t`Elastic IPs`,
    'private-network': t`Private networks`,
    'block-storage-volume': t`Block storage volumes`,
    'block-storage': t`Block storage`,
    'block-storage-max-size': t`Maximum volume size`,
    'network-load-balancer': t`Load balancers`,
    'sks-cluster': t`Kubernetes clusters`,
    database: t`Databases`,
    bucket: t`Buckets`,
    'iam-key': t`API keys`,
  }
  return (resource) => {
    // Each GPU family has a quota with its own name, such as GPUA30.
    const card = /^gpu(.+)$/.exec(resource)?.[1]?.toUpperCase()
    return {
      name: words[resource] ?? (card ? t`GPU ${card}` : resource),
      format: units[resource] ?? formatNumber,
    }
  }
}
